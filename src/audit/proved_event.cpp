// SPDX-License-Identifier: Apache-2.0
#include "audit/proved_event.h"

#include "base/text.h"

namespace licet::audit {

json::object words_of(const ledger::Event& event) {
    json::object attributes;
    for (const auto& [name, value] : event.attributes) attributes[name] = value;
    return {{"kind", ledger::name_of(event.kind)},
            {"on", text_of(event.happened_on)},
            {"received_at", event.received_at},
            {"person", hex_of(event.person.bytes)},
            {"channel", event.channel},
            {"purpose", event.purpose},
            {"surface", event.surface},
            {"attributes", std::move(attributes)}};
}

std::string opening_of(const ProvedEvent& proved) {
    const ledger::StoredEvent& stored = proved.event;
    return canonical(json::object{{"partition", stored.place.part},
                                  {"sequence", stored.place.seq},
                                  {"bytes", hex_of(proved.bytes)},
                                  {"blind", hex_of(proved.blind)},
                                  {"sealed_sha256", hex_of(proved.sealed_digest)},
                                  {"event", words_of(stored.event)}}) +
           "\n";
}

}  // namespace licet::audit
