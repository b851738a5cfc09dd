// SPDX-License-Identifier: Apache-2.0
#include "lists/list_copy.h"

namespace licet::lists {

ListCopy::ListCopy(ReaderOptions options, std::vector<Message> notes, Store store)
    : options_(std::move(options)), notes_(std::move(notes)), store_(std::move(store)) {}

Result<ListCopy> ListCopy::create(ListSource list, Store store) {
    std::string block(std::size_t{256} << 10, '\0');
    while (true) {
        const std::size_t count = LICET_TRY(list.bytes(block));
        if (count == 0) break;
        LICET_TRY(store.write(std::string_view(block).substr(0, count)));
    }
    return ListCopy(std::move(list.options), std::move(list.notes), std::move(store));
}

ListSource ListCopy::again() const {
    ListSource list;
    list.bytes = store_.again();
    list.options = options_;
    // The reader takes each problem out as its row comes.
    if (options_.problems)
        list.options.problems = std::make_shared<RowProblems>(*options_.problems);
    list.notes = notes_;
    return list;
}

}  // namespace licet::lists
