/* SPDX-License-Identifier: Apache-2.0
 *
 * The same question from C.
 *
 *     check_c country=fr channel=email audience=consumer at=2026-11-26 background=clean
 */
#include <licet/licet.h>
#include <stdio.h>
#include <string.h>

#define MOST_FACTS 64

static licet_text text_of(const char* text) {
    licet_text out = {text, strlen(text)};
    return out;
}

static void print(const char* before, licet_text text, const char* after) {
    printf("%s%.*s%s", before, (int)text.size, text.data, after);
}

static int fail(char* error) {
    fprintf(stderr, "%s\n", error == NULL ? "no memory" : error);
    licet_error_free(error);
    return 65;
}

static void print_verdict(const licet_verdict* verdict) {
    print("", verdict->answer, "\n");
    for (size_t i = 0; i < verdict->reason_count; ++i) {
        const licet_reason* reason = &verdict->reasons[i];
        print("  ", reason->rule, ": ");
        print("", reason->tell, "");
        for (size_t c = 0; c < reason->cite_count; ++c) print(" [", reason->cites[c], "]");
        printf("\n");
    }
    for (size_t i = 0; i < verdict->duty_count; ++i)
        print("  keep to: ", verdict->duties[i].tell, "\n");
    for (size_t i = 0; i < verdict->missing_count; ++i)
        print("  missing: ", verdict->missing[i].id, "\n");
    if (verdict->holds_until.size > 0) print("  until: ", verdict->holds_until, "\n");
}

int main(int count, char** arguments) {
    licet_fact facts[MOST_FACTS];
    licet_situation situation = {{NULL, 0}, LICET_ENGLISH, facts, 0};
    licet_law_options options = {LICET_STRICT, LICET_ENGLISH, NULL, NULL};
    licet_law* law = NULL;
    licet_verdict* verdict = NULL;
    char* error = NULL;
    int status = 1;

    for (int i = 1; i < count && situation.fact_count < MOST_FACTS; ++i) {
        const char* equals = strchr(arguments[i], '=');
        licet_fact* fact = &facts[situation.fact_count];
        if (equals == NULL) {
            fprintf(stderr, "a fact is written name=value: %s\n", arguments[i]);
            return 64;
        }
        fact->name.data = arguments[i];
        fact->name.size = (size_t)(equals - arguments[i]);
        fact->value = text_of(equals + 1);
        ++situation.fact_count;
    }
    if (licet_law_read_folder(text_of(LICET_PACKS), &options, &law, &error) != LICET_OK)
        return fail(error);
    if (licet_decide(law, &situation, &verdict, &error) != LICET_OK) {
        licet_law_free(law);
        return fail(error);
    }
    print_verdict(verdict);
    status = verdict->answer.size == 7 && memcmp(verdict->answer.data, "allowed", 7) == 0 ? 0 : 1;
    licet_verdict_free(verdict);
    licet_law_free(law);
    return status;
}
