// SPDX-License-Identifier: Apache-2.0
//
// One connection: its requests one after another.
//
//     read ──► head whole? strict? ──► parser ──► route ──► body ──► handler ──► write ─┐
//       ▲                                                                              │
//       └────────────────────────────── keep-alive ─────────────────────────────────────┘
//
// The library's parser is fed by hand, so that a request that came whole costs one read, one write
// and no operation between. Everything runs on the thread of its core, but for handlers that may
// wait; those only touch the request, which nobody else touches meanwhile. Private to the server.
#pragma once

#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <fstream>
#include <memory>
#include <optional>
#include <string>

#include "http/internal/core.h"
#include "http/internal/transport.h"

namespace licet::http {

namespace beast = boost::beast;

/// The bytes of a connection are Transport's matter: plain or by TLS.
class Connection final : public Ticking, public std::enable_shared_from_this<Connection> {
  public:
    Connection(Core& core, std::unique_ptr<Transport> transport);
    ~Connection() override;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    void start();
    void on_tick(Tick now) override;
    void on_stop(bool at_once) override;

  private:
    using Parser = beast::http::request_parser<beast::http::buffer_body>;
    class ParsedFields;
    enum class State { kIdle, kHead, kBody, kHandling, kWriting, kEnding, kClosed };

    void read_more();
    void on_read(std::size_t count);
    void go_on();
    [[nodiscard]] bool has_head();
    [[nodiscard]] bool begin_request();
    [[nodiscard]] std::optional<int> fault_of_framing() const;
    [[nodiscard]] bool find_route();
    [[nodiscard]] bool take_body();
    [[nodiscard]] bool keep_body(std::string_view piece);
    void handle();
    [[nodiscard]] Answer answer_of(const std::function<Answer()>& handler) const;
    void answer_later(std::function<Answer()> later);
    void refuse(int status, std::string_view message);
    void refuse_malformed();
    void answer(Answer answer);
    [[nodiscard]] std::string head_of(const Answer& answer) const;
    void write_pieces();
    void write_piece(std::string piece, bool is_last);
    void finish_answer();
    void close();
    void wait_for(State state, int seconds);
    void wait_for_body();
    void end();
    void forget_more();
    void count_answered();

    Core& core_;
    std::unique_ptr<Transport> transport_;
    State state_ = State::kIdle;
    Tick deadline_ = kNever;
    bool closes_after_ = false;
    std::shared_ptr<Connection> waiting_;  ///< itself, while a feed has nothing to say
    beast::flat_buffer buffer_;
    std::optional<Parser> parser_;
    std::unique_ptr<ParsedFields> fields_;
    std::string remote_;
    std::string forwarded_;
    std::string id_;
    Request request_;
    const Route* route_ = nullptr;
    std::string body_;
    std::string body_path_;
    std::ofstream body_file_;
    std::uint64_t body_bytes_ = 0;
    bool is_last_chunk_open_ = false;  ///< its line was read, its end not
    Tick body_began_ = 0;
    Answer answer_;
    std::string out_;
    std::uint64_t answer_bytes_ = 0;
    std::int64_t began_ = 0;
};

}  // namespace licet::http
