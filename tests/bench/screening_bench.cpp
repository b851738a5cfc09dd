// SPDX-License-Identifier: Apache-2.0
// What each step of a screening costs a row, on one core and in memory: each run does one step more
// than the run before it, so that differences are the steps. Medians of five.
// usage: screening_bench LIST.csv SUPPRESSED.txt CAMPAIGN.toml
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <vector>

#include "gate/row_gate.h"
#include "ledger/identity.h"
#include "ledger/standing_index.h"
#include "lists/contact_from_record.h"
#include "lists/csv_writer.h"
#include "policy.h"

namespace licet {
namespace {

constexpr std::size_t kTogether = 64;
enum Step { kParse, kNormalise, kHash, kLookUp, kDecide, kWrite };
constexpr std::array kNames = {"parse", "normalise", "hash", "look up", "decide", "write"};

std::string text_of_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) std::abort();
    return {std::istreambuf_iterator<char>(file), {}};
}

ledger::Tokeniser tokeniser() {
    std::array<std::uint8_t, ledger::TokenKey::kSizeBytes> bytes{};
    bytes.fill(7);
    return ledger::Tokeniser::create(ledger::TokenKey(bytes)).value();
}

struct Input {
    std::string list;
    const law::Law& law;
    gate::Campaign campaign;
    gate::Reference reference;
    ledger::StandingIndex index;
    Date day;
};

ledger::StandingIndex index_of(const std::string& suppressed, Date day) {
    ledger::StandingIndex index;
    ledger::Tokeniser tokens = tokeniser();
    for (std::size_t at = 0, end = 0; (end = suppressed.find('\n', at)) != suppressed.npos;
         at = end + 1) {
        const auto point =
            ledger::contact_point_of_email(std::string_view(suppressed).substr(at, end - at));
        ledger::Event event;
        event.kind = ledger::EventKind::kObjectionRecorded;
        event.happened_on = day;
        const ledger::ContactTokens own = tokens.tokens(point.value());
        event.person = own.strict;
        for (const ledger::Event& one : ledger::spread(event, own)) index.add(one);
    }
    return index;
}

lists::CsvReader reader_of(const std::string& list) {
    std::size_t at = 0;
    return lists::CsvReader::open([&list, at](std::span<char> out) mutable {
               const std::size_t size = std::min(out.size(), list.size() - at);
               std::memcpy(out.data(), list.data() + at, size);
               at += size;
               return Result<std::size_t>(size);
           })
        .value();
}

// A row that is still wanted when the reader has gone on.
struct Row {
    std::string raw;
    lists::RowSketch sketch;
    std::vector<ledger::PointTokens> points;
};

class Run {
  public:
    Run(const Input& input, Step last)
        : input_(input),
          last_(last),
          gate_(
              input.law, input.campaign, input.reference, [](auto, auto) { return 60; },
              Moment{input.day, {}}),
          writer_(lists::WriterOptions{}),
          rows_(kTogether) {}

    std::size_t operator()() {
        lists::CsvReader reader = reader_of(input_.list);
        const auto mapping = lists::mapping_of(reader.header(), {}, {});
        lists::ContactReader contacts(mapping.value, "email", "fr");
        std::size_t rows = 0;
        std::size_t waiting = 0;
        while (const lists::Record* record = reader.next().value()) {
            ++rows;
            if (last_ == kParse) continue;
            Row& row = rows_[waiting++];
            contacts.sketch(*record, row.sketch);
            if (last_ >= kDecide) remember(*record, contacts, row);
            if (last_ == kWrite) row.raw = record->raw;
            if (waiting == kTogether) work(std::exchange(waiting, 0));
        }
        work(waiting);
        return rows;
    }

  private:
    struct Kind {
        gate::RowKind kind;
        lists::AddedText added;
    };

    void remember(const lists::Record& record, lists::ContactReader& contacts, Row& row) {
        gate_.add_form(&row.sketch.email, nullptr, row.sketch.rest);
        auto& kind = kinds_[row.sketch.rest];
        if (kind) return;
        kind = std::make_unique<Kind>();
        kind->kind = gate_.kind_of(contacts.read(record).contact);
        kind->added.bytes = std::string(480, 'x');  // as much as a verdict's words
    }

    void work(std::size_t count) {
        if (last_ < kHash) return;
        forms_.clear();
        for (const Row& row : std::span(rows_).first(count)) {
            forms_.push_back(&row.sketch.email.strict);
            forms_.push_back(&row.sketch.email.loose.front());
            for (const auto& form : row.sketch.email.wide) forms_.push_back(&form);
        }
        tokens_.resize(forms_.size());
        tokeniser_.tokens(forms_, tokens_);
        if (last_ < kLookUp) return;
        input_.index.prefetch(tokens_);
        std::span<const ledger::Token> left = tokens_;
        for (Row& row : std::span(rows_).first(count)) {
            const std::size_t size = 2 + row.sketch.email.wide.size();
            row.points.assign(1, {left.first(size), 1});
            left = left.subspan(size);
            const auto standing = input_.index.find(row.points, input_.day);
            known_ += standing.has_value() ? 1U : 0U;
            if (last_ < kDecide) continue;
            Kind& kind = *kinds_.find(row.sketch.rest)->second;
            allowed_ +=
                gate_.decide(kind.kind, row.sketch.days, standing ? &*standing : nullptr).answer ==
                        "allowed"
                    ? 1U
                    : 0U;
            if (last_ < kWrite) continue;
            lists::Record record;
            record.raw = row.raw;
            std::ignore = writer_.prepared_row(record, kind.added);
        }
        if (last_ == kWrite) std::ignore = writer_.take();
    }

    const Input& input_;
    Step last_;
    gate::RowGate gate_;
    lists::CsvWriter writer_;
    ledger::Tokeniser tokeniser_ = tokeniser();
    std::vector<Row> rows_;
    std::vector<const ledger::NormalForm*> forms_;
    std::vector<ledger::Token> tokens_;
    std::unordered_map<std::string, std::unique_ptr<Kind>> kinds_;
    std::size_t known_ = 0;
    std::size_t allowed_ = 0;
};

double nanoseconds_a_row(const Input& input, Step last) {
    std::vector<double> times;
    for (int i = 0; i < 5; ++i) {
        Run run(input, last);
        const auto start = std::chrono::steady_clock::now();
        const std::size_t rows = run();
        const std::chrono::duration<double, std::nano> spent =
            std::chrono::steady_clock::now() - start;
        times.push_back(spent.count() / static_cast<double>(rows));
    }
    std::nth_element(times.begin(), times.begin() + 2, times.end());
    return times[2];
}

}  // namespace
}  // namespace licet

int main(int count, char** arguments) {
    using namespace licet;
    if (count != 4) return 2;
    const auto law = bench::law_in(LICET_SOURCE_DIR "/packs");
    auto campaign = gate::read_campaign(*law, text_of_file(arguments[3]), arguments[3]);
    if (!campaign.is_clean()) return 1;
    const auto words = [](const char* name) {
        return text_of_file(std::string(LICET_SOURCE_DIR "/src/gate/reference/") + name);
    };
    const Date day = parse_date("2026-11-26").value();
    const Input input{
        text_of_file(arguments[1]),
        *law,
        std::move(campaign.value),
        gate::Reference(words("free_mail_domains.txt"), words("generic_local_parts.txt"),
                        words("regions.txt"), words("origins.txt")),
        index_of(text_of_file(arguments[2]), day),
        day};
    double before = 0;
    int step = 0;
    for (const char* name : kNames) {
        const double all = nanoseconds_a_row(input, static_cast<Step>(step++));
        std::printf("%-10s %6.0f ns a row, %6.0f with all before it\n", name, all - before, all);
        before = all;
    }
}
