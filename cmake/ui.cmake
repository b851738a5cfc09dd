# The console: pages in TypeScript and Svelte (ui/), which the program carries and serves under
# /console/. Without Node or its packages nothing is built, and a program without it says so.
set(LICET_UI AUTO CACHE STRING
    "Build the console: AUTO (if Node and its packages are here), ON or OFF")
set_property(CACHE LICET_UI PROPERTY STRINGS AUTO ON OFF)

set(LICET_UI_DIR "")   # the folder that is built; empty if there is none
set(LICET_UI_PAGE "")  # its page, which is new whenever anything in it is
find_program(LICET_NODE NAMES node nodejs)
set(licet_vite ${PROJECT_SOURCE_DIR}/node_modules/vite/bin/vite.js)
if(LICET_UI STREQUAL "OFF")
    return()
endif()
if(NOT LICET_NODE OR NOT EXISTS ${licet_vite}
        OR NOT EXISTS ${PROJECT_SOURCE_DIR}/node_modules/svelte/package.json)
    if(LICET_UI STREQUAL "AUTO")
        message(STATUS "console: not built in, Node or its packages are not here (npm ci)")
        return()
    endif()
    message(FATAL_ERROR "console: Node or its packages are not here (npm ci)")
endif()

execute_process(COMMAND ${LICET_NODE} --version OUTPUT_VARIABLE licet_node_version
    OUTPUT_STRIP_TRAILING_WHITESPACE)
string(REGEX REPLACE "^v" "" licet_node_version "${licet_node_version}")
if(licet_node_version VERSION_LESS 20.19)
    if(LICET_UI STREQUAL "AUTO")
        message(STATUS "console: not built in, Node ${licet_node_version} is too old (20.19)")
        return()
    endif()
    message(FATAL_ERROR "console: Node ${licet_node_version} is too old (20.19)")
endif()

file(GLOB_RECURSE licet_ui_sources CONFIGURE_DEPENDS
    ${PROJECT_SOURCE_DIR}/ui/src/*.ts ${PROJECT_SOURCE_DIR}/ui/src/*.svelte
    ${PROJECT_SOURCE_DIR}/ui/src/*.css ${PROJECT_SOURCE_DIR}/ui/texts/*.json
    ${PROJECT_SOURCE_DIR}/ui/public/*)
set(LICET_UI_DIR ${PROJECT_BINARY_DIR}/console)
set(LICET_UI_PAGE ${LICET_UI_DIR}/index.html)
add_custom_command(OUTPUT ${LICET_UI_PAGE}
    COMMAND ${LICET_NODE} ${licet_vite} build ui --outDir ${LICET_UI_DIR} --logLevel warn
    DEPENDS ${licet_ui_sources} ${PROJECT_SOURCE_DIR}/ui/index.html
        ${PROJECT_SOURCE_DIR}/ui/vite.config.mjs ${PROJECT_SOURCE_DIR}/package-lock.json
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
    COMMENT "Building the console" VERBATIM)
add_custom_target(licet_ui DEPENDS ${LICET_UI_PAGE})
