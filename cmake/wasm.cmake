# licet.wasm, the library for browsers and Node: built by another compiler, so a project of its own
# that this one starts. Where em++ is missing nothing is built, and its tests say that they skip.
set(LICET_WASM AUTO CACHE STRING
    "Build licet.wasm: AUTO (if em++ is here), ON or OFF; or the path of one that was built")
set_property(CACHE LICET_WASM PROPERTY STRINGS AUTO ON OFF)

find_program(LICET_EMXX em++)
find_program(LICET_EM_CONFIG em-config)
if(NOT "api" IN_LIST LICET_MODULES OR LICET_WASM STREQUAL "OFF")
    return()
endif()
if(LICET_WASM MATCHES "[.]wasm$")
    if(EXISTS ${LICET_WASM})
        set(LICET_WASM_FILE ${LICET_WASM})
    endif()
    return()
endif()
if(NOT LICET_EMXX OR NOT LICET_EM_CONFIG)
    if(LICET_WASM STREQUAL "AUTO")
        message(STATUS "licet.wasm: not built, em++ is not here (Debian's package: emscripten)")
        return()
    endif()
    message(FATAL_ERROR "licet.wasm: em++ is not here (Debian's package: emscripten)")
endif()
execute_process(COMMAND ${LICET_EM_CONFIG} EMSCRIPTEN_ROOT COMMAND_ERROR_IS_FATAL ANY
    OUTPUT_VARIABLE licet_emscripten OUTPUT_STRIP_TRAILING_WHITESPACE)

include(ExternalProject)
set(LICET_WASM_FILE ${PROJECT_BINARY_DIR}/wasm/licet.wasm)
ExternalProject_Add(licet_wasm
    SOURCE_DIR ${PROJECT_SOURCE_DIR}/wasm
    BINARY_DIR ${PROJECT_BINARY_DIR}/wasm
    PREFIX ${PROJECT_BINARY_DIR}/wasm-steps
    CMAKE_ARGS -DCMAKE_TOOLCHAIN_FILE=${licet_emscripten}/cmake/Modules/Platform/Emscripten.cmake
        -DCMAKE_CXX_COMPILER_LAUNCHER=${CMAKE_CXX_COMPILER_LAUNCHER}
        -DPython3_EXECUTABLE=${Python3_EXECUTABLE}
    INSTALL_COMMAND ""
    BUILD_ALWAYS ON
    BUILD_BYPRODUCTS ${LICET_WASM_FILE}
    USES_TERMINAL_BUILD ON)
