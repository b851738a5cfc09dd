// SPDX-License-Identifier: Apache-2.0
#include <map>

#include "base/json.h"
#include "base/number.h"
#include "base/text.h"
#include "lists/import.h"
#include "main/commands.h"
#include "main/files.h"
#include "main/import_receipt.h"
#include "main/people.h"
#include "main/recorder.h"
#include "main/source_judge.h"
#include "main/zones.h"

namespace licet {
namespace {

using lists::ImportKind;
using lists::Taken;

// What an import rests on: built once and passed down.
struct ImportDesk {
    std::shared_ptr<const law::Law> law;
    Workspace workspace;
    gate::Declaration declaration;
    std::string declaration_text;
    gate::Reference reference;
    ImportKind kind = ImportKind::kContacts;
};

// What is written about a register needs its name and its day.
Result<Done> check_register(const gate::Declaration& declaration, const std::string& path) {
    if (declaration.consulted.key.empty() || !declaration.consulted.checked_on)
        return error(ErrorCode::kInput, "import.no_register", {}, path);
    if (*declaration.consulted.checked_on > now().day)
        return error(ErrorCode::kInput, "declaration.future",
                     {{"day", text_of(*declaration.consulted.checked_on)}}, path);
    return Done{};
}

Result<ImportDesk> desk_of(const Terminal& terminal, const Common& common,
                           const ImportOptions& options) {
    if (options.file.empty()) return error(ErrorCode::kInput, "import.no_file");
    if (options.file == "-") return error(ErrorCode::kInput, "import.needs_file");
    if (options.source.empty()) return error(ErrorCode::kInput, "import.no_source");
    const auto kind = lists::import_kind_of(options.kind);
    if (!kind) return error(ErrorCode::kInput, "import.kind", {{"text", options.kind}});
    auto law = load_law(terminal, common);
    if (!law) return error(ErrorCode::kInput, "screen.no_law");
    Workspace workspace = LICET_TRY(open_workspace(common.workspace));
    gate::Declaration declaration = LICET_TRY(declaration_at(terminal, *law, options.source));
    if (*kind == ImportKind::kRegister) LICET_TRY(check_register(declaration, options.source));
    std::string text = LICET_TRY(read_file(options.source));
    return ImportDesk{std::move(law),  std::move(workspace), std::move(declaration),
                      std::move(text), carried_reference(),  *kind};
}

// The same file, declaration and choices are the same batch.
std::string batch_of(const lists::Certificate::File& file, const ImportDesk& desk,
                     const ImportOptions& options) {
    constexpr std::size_t kNameBytes = 8;
    Hasher hasher;
    hasher.add("licet/import/1 ").add(lists::name_of(desk.kind)).add(" ");
    hasher.add(file.sha256);
    hasher.add(desk.declaration.sha256);
    for (const std::string& choice : options.map)
        hasher.add(std::to_string(choice.size())).add(":").add(choice);
    const Digest digest = hasher.digest();
    return hex_of(std::span(digest).first(kNameBytes));
}

Result<Done> record(Recorder& recorder, const lists::ImportedRow& row) {
    for (const lists::ImportedEvent& one : row.events) {
        ledger::Event event = one.event;
        event.received_at = now_seconds();
        const auto add_all = [&](const std::vector<ledger::ContactPoint>& points) -> Result<Done> {
            for (ledger::ContactPoint point : points) {
                if (one.is_exact) point.loose.clear();
                LICET_TRY(recorder.add(event, point));
            }
            return Done{};
        };
        if (one.is_for_emails) LICET_TRY(add_all(row.emails));
        if (one.is_for_phones) LICET_TRY(add_all(row.phones));
    }
    return Done{};
}

class ImportRun {
  public:
    ImportRun(const Terminal& terminal, const Common& common, const ImportOptions& options)
        : terminal_(terminal),
          say_(terminal.text()),
          common_(common),
          options_(options),
          is_sure_(options.is_sure && !options.looks_only) {}

    Result<int> run() {
        // 1. What is declared, and whether the law lets such data be used: before any row.
        desk_ = LICET_TRY(desk_of(terminal_, common_, options_));
        const std::string country = desk_->declaration.country.empty() ? desk_->workspace.country
                                                                       : desk_->declaration.country;
        if (lists::is_for_use(desk_->kind)) {
            const auto refused = LICET_TRY(refusal_of_source(
                terminal_, *desk_->law, desk_->declaration, country, Moment{now().day, {}}));
            if (refused) return *refused;
        }
        // 2. Which batch it is, and whether it is there already.
        file_ = LICET_TRY(file_as_it_is(options_.file, ""));
        batch_ = batch_of(file_, *desk_, options_);
        const auto before = LICET_TRY(imported_before());
        if (before && is_sure_) return tell_known(*before);
        // 3. Every row; what is written is written in batches.
        if (is_sure_) recorder_.emplace(LICET_TRY(Recorder::open(common_)));
        const lists::ImportSetup setup{desk_->kind, desk_->declaration, desk_->reference, country,
                                       batch_,      now().day};
        auto read = this->read(setup);
        if (!read.is_clean()) {
            terminal_.print_errors(read.problems);
            return status_of(read.problems.front());
        }
        totals_ = std::move(read.value);
        // 4. The receipt, once all is on disk.
        std::string receipt;
        if (is_sure_) receipt = LICET_TRY(finish());
        tell(receipt, before);
        return totals_.left_out > 0 ? exit_status::kUnreadableRows : 0;
    }

  private:
    Result<std::optional<Date>> imported_before() {
        const auto store = LICET_TRY(open_ledger(desk_->workspace, true));
        const auto undone = LICET_TRY(receipt_day(*store, batch_, "import_undone"));
        if (undone)
            return error(ErrorCode::kInput, "import.was_undone",
                         {{"batch", batch_}, {"day", text_of(*undone)}}, options_.file);
        return receipt_day(*store, batch_, "import");
    }

    int tell_known(Date day) const {
        if (terminal_.wants_json())
            terminal_.print(json::serialize(
                json::object{{"batch", batch_},
                             {"is_written", true},
                             {"is_known", true},
                             {"events", 0},
                             {"receipt", receipt_path(desk_->workspace, batch_, "import")}}));
        else
            terminal_.print(say_("import.known",
                                 {{"batch", batch_}, {"day", worded(day, terminal_.language())}}));
        return 0;
    }

    Read<lists::ImportTotals> read(const lists::ImportSetup& setup) {
        ProgressBar bar(terminal_, file_.bytes);
        const lists::OpenAgain open = [this]() -> Result<lists::ByteSource> {
            bytes_ = LICET_TRY(ByteReader::open(options_.file));
            return lists::ByteSource([this](std::span<char> out) { return bytes_->read(out); });
        };
        const lists::ImportListener listener{
            [this](const lists::Mapping& mapping) { return begin(mapping); },
            [this](const lists::ImportedRow& row) -> Result<Done> {
                return recorder_ ? record(*recorder_, row) : Done{};
            },
            [&](std::uint64_t rows) { bar.show(rows, bytes_->bytes_read()); }};
        auto read = lists::read_import(setup, open, options_.file, options_.map, listener);
        bar.finish();
        return read;
    }

    // What was declared is kept before the first event rests on it.
    Result<Done> begin(const lists::Mapping& mapping) {
        print_columns(mapping);
        if (!recorder_) return Done{};
        return keep_declaration(desk_->workspace, batch_, desk_->declaration_text);
    }

    Result<std::string> finish() {
        LICET_TRY(recorder_->flush());
        const auto now_there = LICET_TRY(file_as_it_is(options_.file, ""));
        if (now_there != file_)
            return error(ErrorCode::kInput, "import.changed", {{"batch", batch_}}, options_.file);
        ImportReceipt receipt;
        receipt.program = options_.version;
        receipt.batch = batch_;
        receipt.kind = lists::name_of(desk_->kind);
        receipt.file = file_.sha256;
        receipt.file_bytes = file_.bytes;
        receipt.declaration = desk_->declaration.sha256;
        receipt.rows = totals_.rows;
        receipt.left_out = totals_.left_out;
        for (std::size_t i = 0; i < lists::kTakenCount; ++i)
            if (totals_.taken.at(i) > 0)
                receipt.counts.emplace(name_of(static_cast<Taken>(i)), totals_.taken.at(i));
        receipt.events = recorder_->added();
        return issue_receipt(desk_->workspace, receipt);
    }

    // ---- what people are told ---------------------------------------------------------------
    void print_columns(const lists::Mapping& mapping) const {
        if (terminal_.wants_json()) return;
        const std::string vendor(name_of(mapping.vendor));
        terminal_.print(terminal_.colour(Colour::kBold, say_("screen.columns")) +
                        (vendor.empty() ? "" : "  " + say_("screen.vendor", {{"name", vendor}})));
        for (std::size_t i = 0; i < lists::kRoleCount; ++i) {
            const auto role = static_cast<lists::Role>(i);
            std::vector<std::string> names;
            for (const lists::MappedColumn& column : mapping.all(role))
                names.push_back(mapping.names.at(column.index));
            if (!names.empty())
                terminal_.print("  " + say_("role." + std::string(name_of(role))) + " = " +
                                join(names, ", "));
        }
        terminal_.print();
    }

    void tell(const std::string& receipt, const std::optional<Date>& before) const {
        for (const Message& note : totals_.notes) terminal_.note(options_.file + ": " + say_(note));
        tell_problems();
        if (terminal_.wants_json()) return terminal_.print(json::serialize(in_json(receipt)));
        for (std::size_t i = 0; i < lists::kTakenCount; ++i)
            tell_count(totals_.taken.at(i), "taken." + std::string(name_of(static_cast<Taken>(i))));
        tell_count(totals_.silent, "import.silent");
        tell_count(totals_.left_out, "import.left_out");
        if (receipt.empty()) tell_samples();
        terminal_.print();
        if (before)
            terminal_.note(say_("import.known", {{"batch", batch_},
                                                 {"day", worded(*before, terminal_.language())}}));
        if (receipt.empty()) return terminal_.print(say_("import.dry"));
        terminal_.print(say_("import.done", {{"batch", batch_}, {"path", receipt}}));
    }

    void tell_count(std::uint64_t count, const std::string& id) const {
        if (count == 0) return;
        constexpr std::size_t kWidth = 12;
        const std::string number = worded(count, terminal_.language());
        const std::size_t width = utf8_count(number);
        terminal_.print(std::string(width < kWidth ? kWidth - width : 0, ' ') + number + "  " +
                        say_(id));
    }

    void tell_samples() const {
        for (const lists::ImportSample& sample : totals_.samples) {
            std::vector<std::string> words;
            for (const Taken taken : sample.taken)
                words.push_back(say_("taken." + std::string(name_of(taken))));
            terminal_.print(terminal_.colour(
                Colour::kDim, "  " + options_.file + ":" + std::to_string(sample.line) + "  " +
                                  sample.masked_address + "  " + join(words, ", ")));
        }
    }

    void tell_problems() const {
        constexpr std::size_t kShown = 10;
        for (std::size_t i = 0; i < totals_.problems.size() && i < kShown; ++i) {
            const lists::ImportProblem& one = totals_.problems[i];
            terminal_.note(options_.file + ":" + std::to_string(one.line) + ": " +
                           (one.column.empty() ? "" : one.column + ": ") + say_(one.message) +
                           (one.masked_value.empty() ? "" : " (" + one.masked_value + ")"));
        }
        if (totals_.problem_count > kShown)
            terminal_.note(say_("screen.more_problems",
                                {{"count", std::to_string(totals_.problem_count - kShown)}}));
    }

    [[nodiscard]] json::object in_json(const std::string& receipt) const {
        json::object counts;
        for (std::size_t i = 0; i < lists::kTakenCount; ++i)
            counts.emplace(name_of(static_cast<Taken>(i)), totals_.taken.at(i));
        json::array samples;
        for (const lists::ImportSample& sample : totals_.samples) {
            json::array taken;
            for (const Taken one : sample.taken) taken.emplace_back(name_of(one));
            samples.push_back(json::object{{"line", sample.line},
                                           {"who", sample.masked_address},
                                           {"taken", std::move(taken)}});
        }
        return {{"batch", batch_},
                {"is_written", !receipt.empty()},
                {"is_known", false},
                {"rows", totals_.rows},
                {"left_out", totals_.left_out},
                {"silent", totals_.silent},
                {"counts", std::move(counts)},
                {"samples", std::move(samples)},
                {"events", recorder_ ? recorder_->added() : 0},
                {"already_there", recorder_ ? recorder_->already_there() : 0},
                {"receipt", receipt.empty() ? json::value(nullptr) : json::value(receipt)}};
    }

    const Terminal& terminal_;
    const Catalogue& say_;
    const Common& common_;
    const ImportOptions& options_;
    const bool is_sure_;
    std::optional<ImportDesk> desk_;
    lists::Certificate::File file_;
    std::string batch_;
    std::optional<Recorder> recorder_;  ///< only if something is to be written
    std::unique_ptr<ByteReader> bytes_;
    lists::ImportTotals totals_;
};

}  // namespace

int run_import(const Terminal& terminal, const Common& common, const ImportOptions& options) {
    const auto status = ImportRun(terminal, common, options).run();
    return status ? *status : fail(terminal, status.error());
}

}  // namespace licet
