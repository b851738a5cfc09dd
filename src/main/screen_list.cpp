// SPDX-License-Identifier: Apache-2.0
#include "main/screen_list.h"

namespace licet {

ScreenList::ScreenList(std::string path, std::unique_ptr<ByteReader> reader)
    : path_(std::move(path)), reader_(std::move(reader)) {}

Result<ScreenList> ScreenList::open(const std::string& path) {
    auto reader = LICET_TRY(ByteReader::open(path));
    return ScreenList(path, std::move(reader));
}

Result<lists::ListSource> ScreenList::opened(lists::ByteSource source) const {
    auto list = lists::open_list(std::move(source), path_);
    if (list) return list;
    Error fault = list.error();
    if (fault.where.empty()) fault.where = path_;
    return fault;
}

Result<lists::ListCopy> ScreenList::copy_of(lists::ListSource list) {
    const std::shared_ptr<ScratchFile> scratch = LICET_TRY(ScratchFile::create());
    return lists::ListCopy::create(
        std::move(list), {[scratch](std::string_view bytes) { return scratch->write(bytes); },
                          [scratch]() -> lists::ByteSource {
                              return [scratch, place = std::uint64_t{0}](
                                         std::span<char> out) mutable -> Result<std::size_t> {
                                  const std::size_t count = LICET_TRY(scratch->read(place, out));
                                  place += count;
                                  return count;
                              };
                          }});
}

Result<std::optional<lists::ListSource>> ScreenList::for_refusals() {
    const auto read = [reader = reader_,
                       hasher = hasher_](std::span<char> out) -> Result<std::size_t> {
        const std::size_t size = LICET_TRY(reader->read(out));
        hasher->add(std::string_view(out.data(), size));
        return size;
    };
    list_ = LICET_TRY(opened(read));
    if (list_->is_costly) {
        copy_ = LICET_TRY(copy_of(*std::move(list_)));
        return std::optional(copy_->again());
    }
    if (!is_file()) return std::optional<lists::ListSource>();
    const std::shared_ptr<ByteReader> again = LICET_TRY(ByteReader::open(path_));
    auto list = LICET_TRY(opened([again](std::span<char> out) { return again->read(out); }));
    return std::optional(std::move(list));
}

lists::ListSource ScreenList::for_verdicts() { return copy_ ? copy_->again() : *std::move(list_); }

}  // namespace licet
