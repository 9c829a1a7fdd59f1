/* What the commands that write events tell of their work: a line at the end, and the file of
 * --meta, one JSON object (docs/formats/meta.md). */
#include "cli/cli.h"

#include "library/hashes.h"
#include "output/text.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

/* ---- hashes --------------------------------------------------------------------------------- */

bool dgm_cli_hash_tables(const char *dirs, const char *model, char out[33])
{
    dgm_err err = { 0 };
    if (dgm_hash_tables(dirs, model, out, &err) == DGM_OK)
        return true;
    dgm_cli_say(&err);
    return false;
}

/* ---- the line at the end -------------------------------------------------------------------- */

static uint64_t n_left(const dgm_tally *tally)
{
    return tally->n_events - tally->n_written;
}

void dgm_cli_say_tally(const dgm_arguments *arguments, const dgm_tally *tally)
{
    const char *separator = ":";
    if (n_left(tally) == 0 || dgm_option_given(arguments, "quiet"))
        return;
    fprintf(stderr, "dragoman: %llu of %llu events written, %llu left out",
            (unsigned long long)tally->n_written, (unsigned long long)tally->n_events,
            (unsigned long long)n_left(tally));
    for (int i = 0; i < DGM_N_LEFT; i++) {
        if (tally->left[i] == 0)
            continue;
        fprintf(stderr, "%s %llu %s", separator, (unsigned long long)tally->left[i],
                dgm_left_words((dgm_left)i));
        separator = ",";
    }
    fputc('\n', stderr);
}

/* ---- the file of --meta --------------------------------------------------------------------- */

/* What may hold a password stays out. */
static bool is_secret(const char *value)
{
    return strstr(value, "://") && strchr(value, '@');
}

static void put_options(const dgm_arguments *arguments, dgm_buffer *out)
{
    dgm_json_open(out, "options", '{');
    for (size_t i = 0; i < arguments->command->n_options; i++) {
        const dgm_option *option = &arguments->command->options[i];
        const char *value = arguments->options.values[i];
        if (!value)
            continue;
        if (!option->argument) {
            dgm_json_key(out, option->name);
            dgm_buffer_put(out, DGM_VIEW("true"));
        } else {
            dgm_json_text(out, option->name, dgm_view_of(is_secret(value) ? "..." : value));
        }
    }
    dgm_json_close(out, '}');
    dgm_json_key(out, "inputs");
    dgm_buffer_put(out, DGM_VIEW("["));
    for (size_t i = 0; i < arguments->n_operands; i++) {
        dgm_buffer_put(out, i ? DGM_VIEW(",") : DGM_VIEW(""));
        dgm_json_string(dgm_view_of(arguments->operands[i]), out);
    }
    dgm_buffer_put(out, DGM_VIEW("]"));
}

/* SOURCE_DATE_EPOCH, where it is set, makes the file the same again. */
static void put_time(dgm_buffer *out)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    uint64_t seconds = (uint64_t)time(NULL);
    char text[DGM_UTC];
    if (epoch && !dgm_parse_u64(dgm_view_of(epoch), &seconds))
        seconds = (uint64_t)time(NULL);
    dgm_json_text(out, "written", dgm_view_of(dgm_utc((int64_t)seconds, text)));
}

static bool put_knowledge(const dgm_arguments *arguments, dgm_buffer *out)
{
    char tables[33], model[33], path[4096];
    dgm_err err = { 0 };
    const char *dir = dgm_cli_tables_dir(arguments), *file = dgm_option_value(arguments, "model");
    if (!dir)
        return false;
    if (!file) {
        (void)!dgm_folders_find(dir, "model/english.dgm", path, sizeof path);
        file = path;
    }
    if (!dgm_cli_hash_tables(dir, NULL, tables))
        return false;
    if (dgm_hash_file(file, model, &err) != DGM_OK) {
        dgm_cli_say(&err);
        return false;
    }
    dgm_json_text(out, "tables", dgm_view_of(tables));
    dgm_json_text(out, "model", dgm_view_of(model));
    return true;
}

static void put_stories(const dgm_cli_account *a, dgm_buffer *out)
{
    dgm_json_open(out, "stories", '{');
    if (a->left_out) {
        uint64_t foreign = a->left_out->n_foreign, empty = a->left_out->n_empty;
        dgm_json_count(out, "read", a->n_coded + a->n_refused + foreign + empty);
        dgm_json_count(out, "coded", a->n_coded);
        dgm_json_open(out, "left_out", '{');
        dgm_json_count(out, "not_english", foreign);
        dgm_json_count(out, "page_without_story", empty);
        dgm_json_count(out, "refused", a->n_refused);
        dgm_json_close(out, '}');
    } else {
        dgm_json_count(out, "stored", a->n_stored);
    }
    dgm_json_close(out, '}');
}

static void put_events(const dgm_tally *tally, dgm_buffer *out)
{
    dgm_json_open(out, "events", '{');
    dgm_json_count(out, "found", tally->n_events);
    dgm_json_count(out, "written", tally->n_written);
    dgm_json_count(out, "rows", tally->n_rows);
    dgm_json_open(out, "left_out", '{');
    for (int i = 0; i < DGM_N_LEFT; i++)
        dgm_json_count(out, dgm_left_key((dgm_left)i), tally->left[i]);
    dgm_json_close(out, '}');
    dgm_json_close(out, '}');
}

bool dgm_cli_write_meta(const dgm_arguments *arguments, const dgm_cli_account *account)
{
    const char *path = dgm_option_value(arguments, "meta");
    dgm_buffer out = { 0 };
    if (!path)
        return true;
    dgm_buffer_put(&out, DGM_VIEW("{"));
    dgm_json_text(&out, "program", DGM_VIEW("dragoman"));
    dgm_json_text(&out, "version", DGM_VIEW(DGM_VERSION));
    dgm_json_text(&out, "command", dgm_view_of(arguments->command->name));
    put_time(&out);
    put_options(arguments, &out);
    bool good = true;
    if (account->left_out) {
        good = put_knowledge(arguments, &out);
    } else {
        dgm_json_key(&out, "runs");
        dgm_buffer_printf(&out, "[%.*s]", DGM_FMT(account->runs));
    }
    put_stories(account, &out);
    put_events(account->events, &out);
    if (!account->left_out) {
        dgm_json_key(&out, "marks");
        dgm_buffer_put(&out, account->marks.n ? account->marks : DGM_VIEW("null"));
    }
    dgm_json_text(&out, "cite",
                  DGM_VIEW("Coded with dragoman " DGM_VERSION
                           " in PLOVER (Open Event Data Alliance 2021); name the version and the"
                           " hashes of tables and model beside the reports' source."));
    dgm_buffer_put(&out, DGM_VIEW("}\n"));
    good = good && dgm_cli_save(path, &out);
    dgm_buffer_done(&out);
    return good;
}
