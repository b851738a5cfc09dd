# Warnings for our own code. They are errors in presets only, never for packagers.
add_library(licet_warnings INTERFACE)
target_compile_options(licet_warnings INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor
    -Wold-style-cast -Wcast-align -Woverloaded-virtual -Wimplicit-fallthrough -Wswitch-enum
    # GCC 12 sees overruns in the concatenation of strings that are none (its bug 105651).
    $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-cond -Wlogical-op -Wno-maybe-uninitialized
        -Wno-array-bounds -Wno-restrict -Wno-stringop-overflow -Wno-free-nonheap-object>
    # LICET_TRY is a statement expression, which both compilers have.
    $<$<CXX_COMPILER_ID:Clang>:-Wno-gnu-statement-expression>)
if(LICET_WERROR)
    target_compile_options(licet_warnings INTERFACE -Werror)
endif()
if(LICET_SANITIZE)
    add_compile_options(-fsanitize=${LICET_SANITIZE} -fno-omit-frame-pointer
        -fno-sanitize-recover=all)
    if(LICET_SANITIZE MATCHES "address" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        # What the address sanitizer or the processor stops too; GCC needs as long for these five as
        # for all the rest (12.5 s against 6.2 s for law/check.cpp). The preset dev, by Clang, has
        # them all.
        add_compile_options(-fno-sanitize=null,vptr,alignment,object-size,pointer-overflow)
    endif()
    add_link_options(-fsanitize=${LICET_SANITIZE})
endif()
find_program(LICET_MOLD mold)
if(LICET_MOLD)
    add_link_options(-fuse-ld=mold)
endif()
