# licet_module(name [BY_SUITE] HEADERS ... SOURCES ... TESTS ... LIBRARIES ... ALONE ...)
#
# One folder of src/ = one namespace = one target. What a module may link is read from src/LAYERS,
# so that an arrow which is not written there cannot be built. Files are listed by hand: a file that
# no list names is dead, and tools/tidy.py says so.
#
# With LICET_UNITY eight files are compiled as one, which takes less than half the time. ALONE names
# the files that stay alone: their private names are those of a neighbour too, or they need what
# whoever links licet.a would not bring for a neighbour's sake (libsodium).
#
# BY_SUITE: the module's tests need the real law, which a sanitized process takes three seconds to
# read; so a test of the runner is a suite, and the law is read once for all that stands in it.

file(STRINGS ${PROJECT_SOURCE_DIR}/src/LAYERS licet_layers REGEX "^[a-z]")
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/LAYERS)

# The suites of the files, a test of the runner each.
function(licet_add_suites name)
    set(suites "")
    foreach(file IN LISTS ARGN)
        set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
        file(STRINGS ${file} lines REGEX "^[A-Z_]*(TEST|PROP)[A-Z_]*[(]")
        foreach(line IN LISTS lines)
            if(NOT line MATCHES "^TEST(_F)?[(]")
                message(FATAL_ERROR "${file}: BY_SUITE knows TEST and TEST_F, not ${line}")
            endif()
            string(REGEX REPLACE "^[A-Z_]+[(]([A-Za-z0-9_]+),.*" "\\1" suite "${line}")
            list(APPEND suites ${suite})
        endforeach()
    endforeach()
    list(REMOVE_DUPLICATES suites)
    foreach(suite IN LISTS suites)
        add_test(NAME ${name}.${suite} COMMAND ${name}_test --gtest_filter=${suite}.*)
        set_tests_properties(${name}.${suite} PROPERTIES TIMEOUT 900)
    endforeach()
endfunction()

function(licet_module name)
    cmake_parse_arguments(arg "BY_SUITE" "" "HEADERS;SOURCES;TESTS;LIBRARIES;ALONE" ${ARGN})
    set(below "")
    set(known FALSE)
    foreach(line IN LISTS licet_layers)
        string(REGEX REPLACE " *#.*$" "" line "${line}")
        string(REGEX REPLACE " +" ";" words "${line}")
        list(POP_FRONT words first)
        if(first STREQUAL name)
            set(known TRUE)
            foreach(word IN LISTS words)
                if(word AND TARGET licet_${word})
                    list(APPEND below licet_${word})
                endif()
            endforeach()
        endif()
    endforeach()
    if(NOT known)
        message(FATAL_ERROR "module ${name} has no line in src/LAYERS")
    endif()
    if(NOT name STREQUAL "base")
        list(APPEND below licet_base)
    endif()

    add_library(licet_${name} STATIC ${arg_SOURCES})
    set_target_properties(licet_${name} PROPERTIES UNITY_BUILD ${LICET_UNITY})
    set_source_files_properties(${arg_ALONE} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
    target_sources(licet_${name} PUBLIC FILE_SET HEADERS
        BASE_DIRS ${PROJECT_SOURCE_DIR}/src FILES ${arg_HEADERS})
    target_include_directories(licet_${name} PUBLIC ${PROJECT_SOURCE_DIR}/src)
    target_link_libraries(licet_${name} PUBLIC ${below} PRIVATE licet_warnings ${arg_LIBRARIES})

    if(LICET_TESTS AND arg_TESTS)
        add_executable(${name}_test ${arg_TESTS})
        target_link_libraries(${name}_test PRIVATE licet_${name} licet_warnings
            GTest::gtest GTest::gtest_main Threads::Threads)
        target_compile_definitions(${name}_test PRIVATE
            LICET_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
        # The tests themselves are run once: what is compiled fastest is ready first.
        target_compile_options(${name}_test PRIVATE $<$<CONFIG:Debug>:-O0>)
        set_target_properties(${name}_test PROPERTIES UNITY_BUILD ${LICET_UNITY})
        target_precompile_headers(${name}_test PRIVATE <gtest/gtest.h> <string> <vector> <map>)
        if(arg_BY_SUITE)
            licet_add_suites(${name} ${arg_TESTS})
        else()
            gtest_discover_tests(${name}_test TEST_PREFIX ${name}. DISCOVERY_TIMEOUT 60
                PROPERTIES TIMEOUT 600)
        endif()
    endif()
endfunction()
