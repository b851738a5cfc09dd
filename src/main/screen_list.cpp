// SPDX-License-Identifier: Apache-2.0
#include "main/screen_list.h"

namespace licet {

ScreenList::ScreenList(std::string path, SteadyFile file)
    : path_(std::move(path)), file_(std::move(file)) {}

Result<ScreenList> ScreenList::open(const std::string& path) {
    SteadyFile file = LICET_TRY(SteadyFile::open(path));
    return ScreenList(path, std::move(file));
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

Result<lists::ListSource> ScreenList::for_refusals() {
    lists::ByteSource bytes = LICET_TRY(file_.again());
    const auto told = [bytes = std::move(bytes), hasher = hasher_,
                       read = read_](std::span<char> out) -> Result<std::size_t> {
        const std::size_t size = LICET_TRY(bytes(out));
        hasher->add(std::string_view(out.data(), size));
        *read += size;
        return size;
    };
    list_ = LICET_TRY(opened(told));
    if (list_->is_costly) {
        copy_ = LICET_TRY(copy_of(*std::move(list_)));
        return copy_->again();
    }
    lists::ByteSource again = LICET_TRY(file_.again());
    return opened(std::move(again));
}

lists::ListSource ScreenList::for_verdicts() { return copy_ ? copy_->again() : *std::move(list_); }

}  // namespace licet
