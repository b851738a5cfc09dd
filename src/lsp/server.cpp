// SPDX-License-Identifier: Apache-2.0
#include "lsp/server.h"

#include <algorithm>

#include "base/text.h"
#include "law/cases.h"
#include "law/format.h"

namespace licet::lsp {
namespace {

// Codes of JSON-RPC and of the protocol.
constexpr int kParseError = -32700;
constexpr int kInvalidRequest = -32600;
constexpr int kMethodNotFound = -32601;
constexpr int kNotInitialized = -32002;
// DiagnosticSeverity of the protocol.
constexpr int kError = 1;
constexpr int kWarning = 2;

const json::value* part_of(const json::value& value, std::string_view name) {
    return value.is_object() ? value.as_object().if_contains(name) : nullptr;
}

std::string text_in(const json::value& value, std::initializer_list<std::string_view> names) {
    const json::value* at = &value;
    for (const std::string_view name : names) {
        at = part_of(*at, name);
        if (at == nullptr) return {};
    }
    const json::string* text = at->if_string();
    return text == nullptr ? std::string{} : std::string(*text);
}

std::string answer(const json::value& id, json::value result) {
    return json::serialize(
        json::object{{"jsonrpc", "2.0"}, {"id", id}, {"result", std::move(result)}});
}

std::string failure(const json::value& id, int code, const std::string& message) {
    return json::serialize(
        json::object{{"jsonrpc", "2.0"},
                     {"id", id},
                     {"error", json::object{{"code", code}, {"message", message}}}});
}

json::object marked_up(const std::string& text) { return {{"kind", "markdown"}, {"value", text}}; }

// Cuts "fr/10-mail.md:3:13" into its parts; what names no line is the beginning of its file.
law::Place place_of(const std::string& where) {
    const std::size_t second = where.rfind(':');
    const std::size_t first =
        second == where.npos || second == 0 ? where.npos : where.rfind(':', second - 1);
    if (first != where.npos) {
        const auto line =
            whole_number(std::string_view(where).substr(first + 1, second - first - 1));
        const auto column = whole_number(std::string_view(where).substr(second + 1));
        if (line && column && *line > 0 && *column > 0)
            return {where.substr(0, first), static_cast<int>(*line), static_cast<int>(*column)};
    }
    return {where, 1, 1};
}

}  // namespace

Server::Server(const Catalogue& say, Disk disk, std::string packs, std::string version)
    : say_(say),
      disk_(std::move(disk)),
      wanted_packs_(std::move(packs)),
      version_(std::move(version)) {}

// ---- messages -----------------------------------------------------------------------------------

Server::Messages Server::take(std::string_view message) {
    const auto parsed = parse_json(message);
    if (!parsed || !parsed->is_object())
        return {failure(nullptr, kParseError, say_("lsp.not_json"))};
    const std::string method = text_in(*parsed, {"method"});
    const json::value* id = part_of(*parsed, "id");
    const json::value* given = part_of(*parsed, "params");
    const json::value parameters = given == nullptr ? json::value() : *given;
    if (method.empty()) return {};  // an answer; we ask nothing
    if (id != nullptr) return request(*id, method, parameters);
    notify(method, parameters);
    return {};
}

Server::Messages Server::request(const json::value& id, std::string_view method,
                                 const json::value& parameters) {
    static const std::map<std::string_view, Handler> kHandlers = {
        {"textDocument/hover", &Server::hover},
        {"textDocument/definition", &Server::definition},
        {"textDocument/completion", &Server::completion},
        {"textDocument/formatting", &Server::formatting}};
    if (is_shut_) return {failure(id, kInvalidRequest, say_("lsp.shut"))};
    if (method == "initialize") return {answer(id, initialize(parameters))};
    if (!is_started_) return {failure(id, kNotInitialized, say_("lsp.not_initialized"))};
    if (method == "shutdown") {
        is_shut_ = true;
        return {answer(id, nullptr)};
    }
    const auto handler = kHandlers.find(method);
    if (handler == kHandlers.end())
        return {failure(id, kMethodNotFound,
                        say_("lsp.unknown_method", {{"name", std::string(method)}}))};
    return {answer(id, (this->*handler->second)(parameters))};
}

void Server::notify(std::string_view method, const json::value& parameters) {
    if (method == "exit") {
        is_over_ = true;
        return;
    }
    if (!is_started_) return;
    const std::string uri = text_in(parameters, {"textDocument", "uri"});
    if (method == "textDocument/didOpen") {
        if (documents_.open(uri, text_in(parameters, {"textDocument", "text"}))) changed(uri);
    } else if (method == "textDocument/didChange") {
        // The whole text is asked for, so the last change is the text.
        const json::value* changes = part_of(parameters, "contentChanges");
        const json::array* all = changes == nullptr ? nullptr : changes->if_array();
        const bool is_whole = all != nullptr && !all->empty() &&
                              part_of(all->back(), "range") == nullptr &&
                              part_of(all->back(), "text") != nullptr;
        if (is_whole && documents_.open(uri, text_in(all->back(), {"text"}))) changed(uri);
    } else if (method == "textDocument/didClose") {
        documents_.close(uri);
        read_disk();
    } else if (method == "textDocument/didSave" || method == "workspace/didChangeWatchedFiles") {
        read_disk();
    }
}

json::value Server::initialize(const json::value& parameters) {
    std::string root = text_in(parameters, {"rootPath"});
    if (const auto path = path_of_uri(text_in(parameters, {"rootUri"}))) root = *path;
    const json::value* folders = part_of(parameters, "workspaceFolders");
    if (folders != nullptr && folders->is_array() && !folders->as_array().empty())
        if (const auto path = path_of_uri(text_in(folders->as_array()[0], {"uri"}))) root = *path;
    documents_.set_folder(disk_.packs_folder(wanted_packs_.empty() ? root : wanted_packs_));
    is_started_ = true;
    read_disk();
    json::object capabilities{
        {"positionEncoding", "utf-16"},
        {"textDocumentSync", json::object{{"openClose", true}, {"change", 1}, {"save", true}}},
        {"hoverProvider", true},
        {"definitionProvider", true},
        {"documentFormattingProvider", true},
        {"completionProvider",
         json::object{{"triggerCharacters", json::array{" ", ".", ":", "=", ",", "{"}}}}};
    return json::object{{"capabilities", std::move(capabilities)},
                        {"serverInfo", json::object{{"name", "licet"}, {"version", version_}}}};
}

void Server::read_disk() {
    auto files = disk_.read(documents_.folder());
    documents_.set_disk(files ? std::move(*files) : std::vector<law::SourceFile>{});
    changed();
}

void Server::changed(std::string_view uri) {
    const std::string path = documents_.path_of(uri).value_or("");
    const std::size_t slash = path.find('/');
    folder_at_hand_ = slash == path.npos ? "" : path.substr(0, slash);
    is_part_checked_ = folder_at_hand_.empty();  // words are of all packs
    is_stale_ = true;
    names_.reset();
}

// ---- what is asked about a place ----------------------------------------------------------------

const Names& Server::names() {
    if (!names_) names_ = std::make_unique<Names>(documents_.files(), say_);
    return *names_;
}

std::optional<Server::Target> Server::target_of(const json::value& parameters) {
    const auto path = documents_.path_of(text_in(parameters, {"textDocument", "uri"}));
    if (!path || documents_.text(*path) == nullptr) return std::nullopt;
    const json::value* position = part_of(parameters, "position");
    const json::value none;
    return Target{*path, documents_.text(*path),
                  documents_.place_of(*path, position == nullptr ? none : *position)};
}

json::value Server::hover(const json::value& parameters) {
    const auto target = target_of(parameters);
    if (!target) return nullptr;
    const Cursor cursor(names(), target->place, *target->text);
    const auto found = cursor.names();
    if (found.empty()) return nullptr;
    std::string text;
    for (const Name* name : found) text += (text.empty() ? "" : "\n\n---\n\n") + name->about;
    return json::object{
        {"contents", marked_up(text)},
        {"range", documents_.range_of(target->path, target->place.line, cursor.word())}};
}

json::value Server::definition(const json::value& parameters) {
    const auto target = target_of(parameters);
    if (!target) return nullptr;
    json::array places;
    for (const Name* name : Cursor(names(), target->place, *target->text).names()) {
        const law::Place& at = name->place;
        const std::string* text = documents_.text(at.path);
        const Span span = text == nullptr ? Span{at.column, at.column}
                                          : word_at(line_of(*text, at.line), at.column);
        places.push_back(json::object{{"uri", documents_.uri_of(at.path)},
                                      {"range", documents_.range_of(at.path, at.line, span)}});
    }
    return places;
}

json::value Server::completion(const json::value& parameters) {
    const auto target = target_of(parameters);
    if (!target) return json::array{};
    const Cursor cursor(names(), target->place, *target->text);
    // The whole word is replaced: names have dots and colons, which editors take for its end.
    const Span typed{cursor.word().from, target->place.column};
    const json::object range = documents_.range_of(target->path, target->place.line, typed);
    json::array items;
    for (const Proposal& one : cursor.proposals()) {
        json::object item{{"label", one.text},
                          {"kind", one.protocol_kind},
                          {"textEdit", json::object{{"range", range}, {"newText", one.text}}}};
        if (!one.about.empty()) item["documentation"] = marked_up(one.about);
        items.push_back(std::move(item));
    }
    return items;
}

json::value Server::formatting(const json::value& parameters) {
    const auto target = target_of(parameters);
    json::array edits;
    if (!target || !target->path.ends_with(".md")) return edits;
    auto done = law::formatted({target->path, *target->text});
    if (done.value == *target->text) return edits;  // shaped already, or with a fault that is told
    const auto lines = static_cast<std::int64_t>(lines_of(*target->text).size());
    json::object range{{"start", json::object{{"line", 0}, {"character", 0}}},
                       {"end", json::object{{"line", lines + 1}, {"character", 0}}}};
    edits.push_back(json::object{{"range", std::move(range)}, {"newText", std::move(done.value)}});
    return edits;
}

// ---- faults -------------------------------------------------------------------------------------

Server::Messages Server::work() {
    if (!is_started_) return {};
    if (is_stale_ && !is_part_checked_) {
        is_part_checked_ = true;
        const std::vector<law::SourceFile> part = part_at_hand();
        if (part.size() < documents_.files().size()) return check_part(part);
    }
    if (is_stale_) return check_law();
    return to_run_.empty() ? Messages{} : run_next();
}

// The pack that was changed, all that it imports, and the words.
std::vector<law::SourceFile> Server::part_at_hand() const {
    const std::vector<law::SourceFile> all = documents_.files();
    std::vector<std::string> folders = {folder_at_hand_};
    for (std::size_t i = 0; i < folders.size(); ++i)
        for (const std::string& wanted : law::read_pack(folders[i], all).value.imports)
            if (std::find(folders.begin(), folders.end(), wanted) == folders.end())
                folders.push_back(wanted);
    std::vector<law::SourceFile> part;
    for (const law::SourceFile& file : all) {
        const std::size_t slash = file.path.find('/');
        const std::string folder = slash == file.path.npos ? "" : file.path.substr(0, slash);
        if (folder.empty() || std::find(folders.begin(), folders.end(), folder) != folders.end())
            part.push_back(file);
    }
    return part;
}

// Faults of other packs stand until all are read.
Server::Messages Server::check_part(const std::vector<law::SourceFile>& part) {
    const auto read = law::read_law(part);
    for (const law::SourceFile& file : part) law_faults_.erase(file.path);
    for (const Error& problem : read.problems) add_diagnostic(problem, kError, law_faults_);
    return publish();
}

Server::Messages Server::check_law() {
    is_stale_ = false;
    checked_ = documents_.files();
    auto read = law::read_law(checked_);
    law_ = std::move(read.value);
    law_faults_.clear();
    to_run_.clear();
    for (const Error& problem : read.problems) add_diagnostic(problem, kError, law_faults_);
    if (!law_) {
        case_faults_.clear();
        return publish();
    }
    for (const law::SourceFile& file : checked_)
        if (file.path.find('/') != file.path.npos && file.path.ends_with(".md"))
            to_run_.push_back(file.path);
    std::erase_if(case_faults_, [&](const auto& one) {
        return std::find(to_run_.begin(), to_run_.end(), one.first) == to_run_.end();
    });
    return publish();
}

Server::Messages Server::run_next() {
    const std::string path = to_run_.front();
    to_run_.erase(to_run_.begin());
    const auto file = std::find_if(checked_.begin(), checked_.end(),
                                   [&](const law::SourceFile& one) { return one.path == path; });
    case_faults_.erase(path);
    if (!law_ || file == checked_.end()) return publish();
    const law::CaseReport report = law::run_cases(*law_, {&*file, 1});
    for (const law::TableReport& table : report.tables)
        for (const Error& problem : table.failures) add_diagnostic(problem, kWarning, case_faults_);
    return publish();
}

void Server::add_diagnostic(const Error& problem, int severity,
                            std::map<std::string, json::array>& into) const {
    law::Place place = place_of(problem.where);
    const bool is_folder = place.path.find('.') == place.path.npos;
    if (is_folder) place.path += "/pack.toml";
    const std::string* text = documents_.text(place.path);
    const std::string_view line = text == nullptr ? std::string_view{} : line_of(*text, place.line);
    Span span = word_at(line, place.column);
    span.from = std::min(place.column, span.end);
    // A sign, or a cell that is empty: something must be seen.
    if (span.end == span.from) ++span.end;
    into[place.path].push_back(
        json::object{{"range", documents_.range_of(place.path, place.line, span)},
                     {"severity", severity},
                     {"code", problem.message.id},
                     {"source", "licet"},
                     {"message", say_(problem.message)}});
}

// Sends the faults of each file for which they are others than those sent last.
Server::Messages Server::publish() {
    std::map<std::string, json::array> all = law_faults_;
    for (const auto& [path, faults] : case_faults_)
        all[path].insert(all[path].end(), faults.begin(), faults.end());
    for (const auto& [path, text] : published_) all.try_emplace(path);
    Messages out;
    for (const auto& [path, faults] : all) {
        const std::string text = json::serialize(faults);
        const auto before = published_.find(path);
        const bool is_news = before == published_.end() ? !faults.empty() : before->second != text;
        if (!is_news) continue;
        published_[path] = text;
        out.push_back(json::serialize(json::object{
            {"jsonrpc", "2.0"},
            {"method", "textDocument/publishDiagnostics"},
            {"params", json::object{{"uri", documents_.uri_of(path)}, {"diagnostics", faults}}}}));
    }
    return out;
}

}  // namespace licet::lsp
