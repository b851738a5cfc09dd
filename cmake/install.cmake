# The library that others link: one archive or shared object of the modules that include/licet
# stands on, its headers, its packs, and how CMake (find_package(licet)) and pkg-config find it.
include(CMakePackageConfigHelpers)
if(NOT TARGET licet_api)
    return()  # LICET_MODULES leaves it out
endif()

set(licet_packs_dir ${CMAKE_INSTALL_DATADIR}/licet/packs)

add_library(licet_library)
foreach(module IN ITEMS base law ledger gate api)
    target_sources(licet_library PRIVATE $<TARGET_OBJECTS:licet_${module}>)
endforeach()
target_sources(licet_library PUBLIC FILE_SET HEADERS
    BASE_DIRS ${PROJECT_SOURCE_DIR}/include
    FILES ${PROJECT_SOURCE_DIR}/include/licet/licet.h ${PROJECT_SOURCE_DIR}/include/licet/licet.hpp)
target_link_libraries(licet_library
    PRIVATE Boost::json OpenSSL::Crypto PkgConfig::IDN2 date::date-tz
        tomlplusplus::tomlplusplus)
set_target_properties(licet_library PROPERTIES
    OUTPUT_NAME licet EXPORT_NAME licet LINKER_LANGUAGE CXX
    VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR})
if(BUILD_SHARED_LIBS)
    target_compile_definitions(licet_library INTERFACE LICET_SHARED)
endif()
add_library(licet::licet ALIAS licet_library)

configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/licet-config.cmake.in
    ${PROJECT_BINARY_DIR}/licet-config.cmake
    INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/licet
    PATH_VARS licet_packs_dir)
# Before 1.0, names may still change from one minor version to the next.
write_basic_package_version_file(${PROJECT_BINARY_DIR}/licet-config-version.cmake
    COMPATIBILITY SameMinorVersion)
# The file lies in lib/pkgconfig, or deeper (lib/x86_64-linux-gnu/pkgconfig).
string(REGEX REPLACE "[^/]+" ".." licet_pc_prefix ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
# An archive leaves its own libraries to whoever links it; a shared object brings them.
set(licet_pc_cflags "")
set(licet_pc_libs " -lboost_json -ltomlplusplus -ldate-tz -lcrypto -lidn2 -lstdc++")
if(BUILD_SHARED_LIBS)
    set(licet_pc_cflags " -DLICET_SHARED")
    set(licet_pc_libs "")
endif()
configure_file(${PROJECT_SOURCE_DIR}/cmake/licet.pc.in ${PROJECT_BINARY_DIR}/licet.pc @ONLY)

install(TARGETS licet_library EXPORT licet-targets COMPONENT library
    FILE_SET HEADERS DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT library)
install(EXPORT licet-targets NAMESPACE licet::
    DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/licet COMPONENT library)
install(FILES ${PROJECT_BINARY_DIR}/licet-config.cmake
    ${PROJECT_BINARY_DIR}/licet-config-version.cmake
    DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/licet COMPONENT library)
install(FILES ${PROJECT_BINARY_DIR}/licet.pc
    DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT library)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/packs/ DESTINATION ${licet_packs_dir} COMPONENT library
    FILES_MATCHING PATTERN *.md PATTERN *.toml)
