// SPDX-License-Identifier: Apache-2.0
#include "http/internal/connection.h"

#include <unistd.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "http/internal/head_check.h"

namespace licet::http {
namespace {

namespace beast_http = beast::http;

constexpr std::size_t kReadBytes = 4096;
constexpr int kEndingSeconds = 2;
constexpr std::size_t kKeptBytes = 64 * 1024;  ///< a larger buffer is let go after its request

std::string_view view_of(const beast::flat_buffer& buffer) {
    const auto bytes = buffer.data();
    return {static_cast<const char*>(bytes.data()), bytes.size()};
}

std::string_view view_of(beast::string_view text) { return {text.data(), text.size()}; }

std::string_view reason_of(int status) {
    return view_of(beast_http::obsolete_reason(static_cast<beast_http::status>(status)));
}

// The last of a list is what the nearest proxy says.
std::string_view last_of(std::string_view list) {
    const std::size_t comma = list.rfind(',');
    return trimmed(comma == list.npos ? list : list.substr(comma + 1));
}

}  // namespace

class Connection::ParsedFields : public Fields {
  public:
    explicit ParsedFields(const Parser& parser) : fields_(parser.get()) {}
    [[nodiscard]] std::string_view find(std::string_view name) const override {
        const auto found = fields_.find(beast::string_view(name.data(), name.size()));
        return found == fields_.end() ? std::string_view{} : view_of(found->value());
    }
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> all() const override {
        std::vector<std::pair<std::string, std::string>> out;
        for (const auto& field : fields_)
            out.emplace_back(std::string(view_of(field.name_string())),
                             std::string(view_of(field.value())));
        return out;
    }
    [[nodiscard]] std::size_t count(std::string_view name) const {
        return fields_.count(beast::string_view(name.data(), name.size()));
    }

  private:
    const beast_http::fields& fields_;
};

Connection::Connection(Core& core, std::unique_ptr<Transport> transport)
    : core_(core), transport_(std::move(transport)) {
    core_.connections.insert(this);
    core_.shared.connections.fetch_add(1, std::memory_order_relaxed);
}

Connection::~Connection() {
    close();
    core_.connections.erase(this);
    core_.shared.connections.fetch_sub(1, std::memory_order_relaxed);
}

void Connection::start() {
    remote_ = transport_->remote();
    wait_for(State::kHead, core_.shared.settings.limits.head_seconds);
    transport_->begin([self = shared_from_this()](bool is_well) {
        if (!is_well || self->state_ == State::kClosed) return self->close();
        self->wait_for(State::kIdle, self->core_.shared.settings.limits.idle_seconds);
        self->read_more();
    });
}

void Connection::wait_for(State state, int seconds) {
    state_ = state;
    deadline_ = seconds == 0 ? kNever : core_.now + static_cast<Tick>(seconds) * kTicksASecond + 1;
}

// A body may pause, but not creep: what keeps coming byte by byte ends too.
void Connection::wait_for_body() {
    const Limits& limits = core_.shared.settings.limits;
    wait_for(State::kBody, limits.body_seconds);
    const auto earned = static_cast<Tick>(body_bytes_ / limits.least_body_bytes_a_second);
    const Tick room = (earned + static_cast<Tick>(limits.body_seconds)) * kTicksASecond + 1;
    deadline_ = std::min(deadline_, body_began_ + room);
}

void Connection::on_tick(Tick now) {
    const auto self = shared_from_this();
    if (waiting_) {
        waiting_.reset();
        return write_pieces();
    }
    if (now < deadline_) return;
    if (state_ != State::kIdle && state_ != State::kEnding)
        core_.shared.timed_out.fetch_add(1, std::memory_order_relaxed);
    close();
}

void Connection::on_stop(bool at_once) {
    const auto self = shared_from_this();
    closes_after_ = true;
    if (at_once || state_ == State::kIdle || state_ == State::kEnding) return close();
    if (answer_.feed) answer_.feed->stop();
}

void Connection::close() {
    if (state_ == State::kClosed) return;
    state_ = State::kClosed;
    deadline_ = kNever;
    waiting_.reset();
    transport_->close();
    if (answer_.feed) answer_.feed->stop();
    if (!body_path_.empty()) ::unlink(body_path_.c_str());
    body_path_.clear();
}

// ---- reading ------------------------------------------------------------------------------------
void Connection::read_more() {
    transport_->read(buffer_.prepare(kReadBytes),
                     [self = shared_from_this()](std::size_t count) { self->on_read(count); });
}

void Connection::on_read(std::size_t count) {
    if (state_ == State::kClosed) return;
    if (count == 0) return close();
    buffer_.commit(count);
    const Limits& limits = core_.shared.settings.limits;
    if (state_ == State::kIdle) wait_for(State::kHead, limits.head_seconds);
    if (state_ == State::kBody) wait_for_body();
    go_on();
}

// Reads what is there as far as it goes.
void Connection::go_on() {
    if (!parser_) {
        if (!has_head()) return;
        if (!begin_request()) return;
    }
    if (take_body()) handle();
}

// True once a whole and strict head is there and parsed.
bool Connection::has_head() {
    // An empty line before a request is no fault (RFC 9112, section 2.2).
    while (view_of(buffer_).starts_with("\r\n")) buffer_.consume(2);
    if (buffer_.size() == 0) {
        if (state_ != State::kIdle)
            wait_for(State::kIdle, core_.shared.settings.limits.idle_seconds);
        read_more();
        return false;
    }
    const auto length = head_length(view_of(buffer_));
    if (length.value_or(buffer_.size()) > core_.shared.settings.limits.most_head_bytes) {
        refuse(431, "http.head_too_large");
        return false;
    }
    if (!length) {
        read_more();
        return false;
    }
    if (!is_strict_head(view_of(buffer_).substr(0, *length))) {
        refuse_malformed();
        return false;
    }
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(*length + 1));
    parser_->body_limit(boost::none);
    beast::error_code fault;
    const std::size_t taken =
        parser_->put(asio::const_buffer(buffer_.data().data(), *length), fault);
    buffer_.consume(taken);
    if (fault || !parser_->is_header_done()) {
        refuse_malformed();
        return false;
    }
    return true;
}

// The status with which a request is refused whose length two programs could see differently.
std::optional<int> Connection::fault_of_framing() const {
    const auto& message = parser_->get();
    const int version = static_cast<int>(message.version());
    if (version != 10 && version != 11) return 505;
    const bool has_length = fields_->count("content-length") > 0;
    const std::string_view coding = fields_->find("transfer-encoding");
    const std::string_view length = fields_->find("content-length");
    // The library takes "0, 0" for a length; the next program may not.
    if (has_length &&
        (length.empty() || !std::all_of(length.begin(), length.end(), is_ascii_digit)))
        return 400;
    if (fields_->count("content-length") > 1 || fields_->count("transfer-encoding") > 1) return 400;
    const bool has_coding = fields_->count("transfer-encoding") > 0;
    if (has_coding && (coding.empty() || has_length || version == 10)) return 400;
    if (has_coding && ascii_lower(coding) != "chunked") return 501;
    if (fields_->count("host") > 1 || (version == 11 && fields_->count("host") == 0)) return 400;
    return std::nullopt;
}

bool Connection::begin_request() {
    began_ = core_.shared.settings.now_micros();
    id_ = std::to_string(core_.shared.requests.fetch_add(1, std::memory_order_relaxed) + 1);
    fields_ = std::make_unique<ParsedFields>(*parser_);
    request_ = {};
    request_.fields = fields_.get();
    request_.id = id_;
    if (const auto status = fault_of_framing()) {
        if (*status == 400)
            refuse_malformed();
        else
            refuse(*status, *status == 505 ? "http.version" : "http.coding");
        return false;
    }
    const auto& message = parser_->get();
    closes_after_ = !message.keep_alive() || core_.shared.is_stopping.load();
    const std::string_view target = view_of(message.target());
    const std::size_t mark = std::min(target.find('?'), target.size());
    request_.path = target.substr(0, mark);
    request_.query = target.substr(std::min(mark + 1, target.size()));
    if (!target.starts_with('/') || target.find('#') != target.npos) {
        refuse_malformed();
        return false;
    }
    request_.remote = remote_;
    request_.is_secure = transport_->is_secure();
    if (core_.shared.settings.is_behind_proxy) {
        const std::string_view from = last_of(fields_->find("x-forwarded-for"));
        if (!from.empty()) request_.remote = forwarded_ = from;
        request_.is_secure |= last_of(fields_->find("x-forwarded-proto")) == "https";
    }
    return find_route();
}

bool Connection::find_route() {
    const auto method = method_of(view_of(parser_->get().method_string()));
    if (!method) {
        refuse(501, "http.method_unknown");
        return false;
    }
    request_.method = *method;
    Router::Match match = core_.shared.router->find(*method, request_.path);
    route_ = match.route;
    request_.values = std::move(match.values);
    if (route_ == nullptr && !match.other_methods.empty()) {
        std::string allowed;
        for (const Method one : match.other_methods)
            allowed += (allowed.empty() ? "" : ", ") + std::string(name_of(one));
        Answer out = problem(405, Message("http.method_not_allowed", {{"allowed", allowed}}),
                             core_.shared.settings.voices.in(request_.language()));
        closes_after_ = closes_after_ || !parser_->is_done();
        answer(std::move(out.with("Allow", allowed)));
        return false;
    }
    if (route_ == nullptr) {
        refuse(404, "http.not_found");
        return false;
    }
    const auto length = parser_->content_length();
    if (!route_->keeps_body_in_file && length && *length > route_->most_body_bytes) {
        refuse(413, "http.body_too_large");
        return false;
    }
    body_bytes_ = 0;
    is_last_chunk_open_ = false;
    body_began_ = core_.now;
    if (ascii_lower(fields_->find("expect")) == "100-continue" && !parser_->is_done()) {
        static constexpr std::string_view kGoOn = "HTTP/1.1 100 Continue\r\n\r\n";
        wait_for(State::kBody, core_.shared.settings.limits.body_seconds);
        transport_->write(kGoOn, {}, [self = shared_from_this()](bool is_well) {
            if (!is_well) return self->close();
            self->go_on();
        });
        return false;
    }
    wait_for(State::kBody, core_.shared.settings.limits.body_seconds);
    return true;
}

// Takes what is there of the body; true once it is whole.
bool Connection::take_body() {
    // Once the line of the last chunk was read, the library wants it whole when it is asked again.
    constexpr std::size_t kShortestLastChunk = 5;
    while (!parser_->is_done()) {
        if (buffer_.size() < (is_last_chunk_open_ ? kShortestLastChunk : 1)) {
            read_more();
            return false;
        }
        auto& room = parser_->get().body();
        room.data = core_.scratch.data();
        room.size = core_.scratch.size();
        room.more = true;
        beast::error_code fault;
        const std::size_t taken = parser_->put(buffer_.data(), fault);
        buffer_.consume(taken);
        const std::size_t got = core_.scratch.size() - room.size;
        if (!keep_body(std::string_view(core_.scratch).substr(0, got))) return false;
        if (fault == beast_http::error::need_more) {
            // The line of any other chunk would have been taken.
            is_last_chunk_open_ =
                parser_->chunked() && view_of(buffer_).find("\r\n", 1) != std::string_view::npos;
            read_more();
            return false;
        }
        if (fault && fault != beast_http::error::need_buffer) {
            refuse_malformed();
            return false;
        }
    }
    return true;
}

bool Connection::keep_body(std::string_view piece) {
    body_bytes_ += piece.size();
    if (!route_->keeps_body_in_file) {
        if (body_bytes_ > route_->most_body_bytes) {
            refuse(413, "http.body_too_large");
            return false;
        }
        body_.append(piece);
        return true;
    }
    if (body_path_.empty()) {
        body_path_ =
            core_.shared.settings.body_folder + "/body-" + id_ + "-" + std::to_string(::getpid());
        body_file_.open(body_path_, std::ios::binary | std::ios::trunc);
    }
    body_file_.write(piece.data(), static_cast<std::streamsize>(piece.size()));
    if (body_file_) return true;
    refuse(507, "http.disk_full");
    return false;
}

// ---- answering ----------------------------------------------------------------------------------
void Connection::handle() {
    wait_for(State::kHandling, 0);
    if (route_->keeps_body_in_file) {
        if (body_path_.empty() && !keep_body({})) return;
        body_file_.close();
        if (!body_file_) return refuse(507, "http.disk_full");
        request_.body_file = body_path_;
    }
    request_.body = body_;
    const auto handler = [this] { return route_->handle(request_); };
    if (route_->run == Run::kWorker) return answer_later(handler);
    Answer out = answer_of(handler);
    if (!out.later) return answer(std::move(out));
    answer_later(std::move(out.later));
}

void Connection::answer_later(std::function<Answer()> later) {
    asio::post(core_.shared.workers, [self = shared_from_this(), later = std::move(later)] {
        // The request is the handler's until it has answered.
        auto out = std::make_shared<Answer>(self->answer_of(later));
        while (out->later) {
            const std::function<Answer()> still = std::move(out->later);
            *out = self->answer_of(still);
        }
        asio::post(self->core_.io, [self, out] { self->answer(std::move(*out)); });
    });
}

// What a library may throw out of a handler ends here: a request without an answer is an error.
Answer Connection::answer_of(const std::function<Answer()>& handler) const {
    try {
        return handler();
    } catch (const std::exception&) {
        return problem(500, Message("http.internal"),
                       core_.shared.settings.voices.in(request_.language()));
    }
}

void Connection::refuse_malformed() {
    core_.shared.malformed.fetch_add(1, std::memory_order_relaxed);
    refuse(400, "http.malformed");
}

// Says why, and closes unless the request is over: what is left of it is not read.
void Connection::refuse(int status, std::string_view message) {
    closes_after_ = closes_after_ || !parser_ || !parser_->is_done() || status == 400 ||
                    status == 501 || status == 505;
    answer(problem(status, Message(message), core_.shared.settings.voices.in(request_.language())));
}

std::string Connection::head_of(const Answer& answer) const {
    std::string out;
    out.reserve(512);
    out += "HTTP/1.1 ";
    out += std::to_string(answer.status);
    out += ' ';
    out += reason_of(answer.status);
    out += "\r\n";
    out += core_.date;
    const auto add = [&out](std::string_view name, std::string_view value) {
        out.append(name).append(": ").append(value).append("\r\n");
    };
    for (const auto& [name, value] : core_.shared.settings.fields) add(name, value);
    for (const auto& [name, value] : answer.fields) add(name, value);
    if (!answer.type.empty()) add("Content-Type", answer.type);
    if (answer.feed)
        add("Transfer-Encoding", "chunked");
    else if (answer.status != 204 && answer.status != 304)
        add("Content-Length", std::to_string(answer.body.size()));
    if (closes_after_) add("Connection", "close");
    out += "\r\n";
    return out;
}

void Connection::answer(Answer answer) {
    if (state_ == State::kClosed) return;
    answer_ = std::move(answer);
    if (answer_.feed && parser_ && parser_->get().version() == 10) closes_after_ = true;
    out_ = head_of(answer_);
    answer_bytes_ = out_.size();
    const bool has_no_body = request_.method == Method::kHead;
    wait_for(State::kWriting, core_.shared.settings.limits.write_seconds);
    if (has_no_body && answer_.feed) {
        answer_.feed->stop();
        answer_.feed.reset();
    }
    if (has_no_body) answer_.body.clear();
    answer_bytes_ += answer_.body.size();
    transport_->write(out_, answer_.body, [self = shared_from_this()](bool is_well) {
        if (!is_well || self->state_ == State::kClosed) return self->close();
        if (self->answer_.feed) return self->write_pieces();
        self->finish_answer();
    });
}

void Connection::write_pieces() {
    wait_for(State::kWriting, 0);
    asio::post(core_.shared.workers, [self = shared_from_this(), feed = answer_.feed] {
        auto piece = std::make_shared<Result<std::optional<std::string>>>(feed->next());
        asio::post(self->core_.io, [self, piece] {
            if (self->state_ == State::kClosed) return;
            // Half an answer must not look like a whole one.
            if (!piece->has_value()) return self->close();
            if (!piece->value()) return self->write_piece({}, true);
            if (piece->value()->empty()) {
                self->waiting_ = self;
                return;
            }
            self->write_piece(std::move(*piece->value()), false);
        });
    });
}

void Connection::write_piece(std::string piece, bool is_last) {
    std::array<char, 20> size{};
    const int length = std::snprintf(size.data(), size.size(), "%zx\r\n", piece.size());
    out_.assign(size.data(), static_cast<std::size_t>(length));
    answer_.body = std::move(piece);
    answer_.body += "\r\n";
    answer_bytes_ += out_.size() + answer_.body.size();
    wait_for(State::kWriting, core_.shared.settings.limits.write_seconds);
    transport_->write(out_, answer_.body, [self = shared_from_this(), is_last](bool is_well) {
        if (!is_well || self->state_ == State::kClosed) return self->close();
        if (is_last) return self->finish_answer();
        self->write_pieces();
    });
}

// Closing while bytes of the other side are unread would reset the connection, and may take away
// the answer that says why: what still comes is read for a moment, and forgotten.
void Connection::end() {
    const bool is_all_read = parser_ && parser_->is_done() && buffer_.size() == 0;
    if (is_all_read || core_.shared.is_stopping) return close();
    if (answer_.feed) answer_.feed->stop();
    transport_->end_sending();
    wait_for(State::kEnding, kEndingSeconds);
    forget_more();
}

void Connection::forget_more() {
    buffer_.clear();
    transport_->read(buffer_.prepare(kReadBytes), [self = shared_from_this()](std::size_t count) {
        if (self->state_ == State::kClosed) return;
        if (count == 0) return self->close();
        self->forget_more();
    });
}

void Connection::count_answered() {
    if (!core_.shared.settings.log) return;
    LogEntry entry;
    entry.id = id_;
    entry.method = request_.method;
    if (route_ != nullptr) entry.pattern = route_->pattern;
    entry.status = answer_.status;
    entry.micros = began_ == 0 ? 0 : core_.shared.settings.now_micros() - began_;
    entry.body_bytes = body_bytes_;
    entry.answer_bytes = answer_bytes_;
    core_.shared.settings.log(entry);
}

void Connection::finish_answer() {
    count_answered();
    if (!body_path_.empty()) ::unlink(body_path_.c_str());
    body_path_.clear();
    if (closes_after_) return end();
    parser_.reset();
    fields_.reset();
    route_ = nullptr;
    request_ = {};
    answer_ = {};
    began_ = 0;
    body_.clear();
    if (body_.capacity() > kKeptBytes) body_.shrink_to_fit();
    if (buffer_.size() == 0 && buffer_.capacity() > kKeptBytes) buffer_.shrink_to_fit();
    // The next request may be there already.
    state_ = State::kHead;
    go_on();
}

}  // namespace licet::http
