/* What readers share: days as inputs write them, answers of web servers, charsets, folders. */
#include "ingest/http.h"
#include "ingest/page.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <cmocka.h>

/* ---- days ----------------------------------------------------------------------------------- */

static void a_day_is_read_as_its_format_says(void **state)
{
    (void)state;
    static const struct {
        const char *format, *text, *day; /* "": it is none */
    } cases[] = {
        { "%d/%m/%Y", "02/03/2022", "2022-03-02" },
        { "%m/%d/%Y", "02/03/2022 10:15", "2022-02-03" },
        { "%y%m%d", "691231", "2069-12-31" },
        { "%y%m%d", "701231", "1970-12-31" },
        { "%d %b %Y", "2 Sept 2020", "2020-09-02" },
        { "%B %e, %Y", "March  2, 2020", "2020-03-02" },
        { "%A, %d %h %Y %H:%M:%S %z", "Friday, 02 Oct 2020 10:00:00 +01:00", "2020-10-02" },
        { "%a %d %B %Y %I:%M %p %Z", "Fri 2 October 2020 9:00 PM GMT", "2020-10-02" },
        { "%%%Y-%m-%d", "%2020-10-02", "2020-10-02" },
        { "%Y-%m-%d%", "2020-10-02%", "2020-10-02" },
        { "%Y-%m-%d", "2020-10-021", "" },
        { "%Y-%m-%d", "2020-13-02", "" },
        { "%Y-%m-%d", "2020/10/02", "" },
        { "%Y-%m-%d", "2020-10", "" },
        { "%y-%m-%d", "x-10-02", "" },
        { "%d %b %Y", "2 Foo 2020", "" },
        { "%a %Y%m%d", "1 20201002", "" },
        { "%z %Y%m%d", "? 20201002", "" },
        { "%q %Y%m%d", "1 20201002", "" },
    };
    for (size_t i = 0; i < DGM_LEN(cases); i++) {
        char day[11] = "";
        size_t n = 0;
        bool good = dgm_day_by_format(cases[i].format, dgm_view_of(cases[i].text), day, &n);
        if (good != (cases[i].day[0] != '\0') || strcmp(day, cases[i].day) != 0)
            fail_msg("%s as %s: %s", cases[i].text, cases[i].format, day);
    }
}

static void a_format_without_year_month_or_day_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *format;
        bool good;
    } cases[] = {
        { NULL, true },
        { "%d/%m/%Y", true },
        { "%e. %B %y, %H:%M:%S %Z", true },
        { "%a %h %d %%%Y", true },
        { "%d/%m", false },
        { "%m/%Y", false },
        { "%d/%Y", false },
        { "%q%d%m%Y", false },
        { "%d%m%Y%", false },
    };
    for (size_t i = 0; i < DGM_LEN(cases); i++) {
        dgm_err err = { 0 };
        if ((dgm_check_date_format(cases[i].format, &err) == DGM_OK) != cases[i].good)
            fail_msg("%s", cases[i].format);
    }
}

typedef struct {
    const char *text, *day; /* "": it has none */
} dated;

static void check_days(bool (*find)(dgm_view v, char day[11]), const dated *cases, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char day[11] = "";
        bool found = find(dgm_view_of(cases[i].text), day);
        if (found != (cases[i].day[0] != '\0') || strcmp(day, cases[i].day) != 0)
            fail_msg("%s: '%s'", cases[i].text, day);
    }
}

static void an_address_has_a_day_where_three_parts_stand_together(void **state)
{
    (void)state;
    static const dated cases[] = {
        { "https://a.example/2020/10/02/war", "2020-10-02" },
        { "https://a.example/2020/oct/2/war", "2020-10-02" },
        { "https://a.example/war-2020-10-02.html", "2020-10-02" },
        { "https://a.example/war-2020-10-2", "2020-10-02" },
        { "https://a.example/20201002/war", "2020-10-02" },
        { "https://a.example/20201002", "2020-10-02" },
        { "https://a.example/20201002x", "" },
        { "https://a.example/20201302", "" },
        { "https://a.example/2020x002", "" },
        { "https://a.example/202010x2", "" },
        { "https://a.example/1899/10/02/war", "" },
        { "https://a.example/2020/13/02/war", "" },
        { "https://a.example/2020/02/30/war", "" },
        { "https://a.example/2020/abc/2/war", "" },
        { "https://a.example/2020/sept/2/war", "" },
        { "https://a.example/2020/10-02/war", "" },
        { "https://a.example/2020/10/022/war", "" },
        { "https://a.example/2020/10//war", "" },
        { "https://a.example/2020-10-02a", "" },
        { "https://a.example/2020/10-", "" },
        { "https://a.example/x2020/10/02/", "" },
        { "https://a.example/202a/10/02/", "" },
    };
    check_days(dgm_day_in_url, cases, DGM_LEN(cases));
}

static void a_day_in_words_is_read_where_it_cannot_be_mistaken(void **state)
{
    (void)state;
    static const dated cases[] = {
        { "Fri, 02 Oct 2020 10:00:00 GMT", "2020-10-02" },
        { "Published October 2nd, 2020", "2020-10-02" },
        { "2 Sept 20", "2020-09-02" },
        { "2 oct 69", "2069-10-02" },
        { "2 oct 70", "1970-10-02" },
        { "on 2020/10/2", "2020-10-02" },
        { "no 20201002", "2020-10-02" },
        { "2020-10-02t10:00", "2020-10-02" },
        { "10/02/2020", "" },
        { "October 2020", "" },
        { "2 Octo 2020", "" },
        { "123 October 2020", "" },
        { "31 November 2020", "" },
        { "2 October 20200", "" },
        { "2 Oc 2020", "" },
        { "2020/123/2", "" },
        { "no day", "" },
    };
    check_days(dgm_find_day, cases, DGM_LEN(cases));
}

static void the_day_after_goes_over_months_and_years(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        { "2020-02-28", "2020-02-29" }, { "2021-02-28", "2021-03-01" },
        { "2020-12-31", "2021-01-01" }, { "2020-10-02", "2020-10-03" },
        { "9999-12-31", "9999-12-31" }, { "no day", "no day" },
    };
    for (size_t i = 0; i < DGM_LEN(cases); i++) {
        char day[11];
        snprintf(day, sizeof day, "%s", cases[i][0]);
        dgm_day_after(day);
        assert_string_equal(day, cases[i][1]);
    }
}

/* ---- answers of web servers ----------------------------------------------------------------- */

static void an_answer_has_status_type_and_charset(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        uint32_t status;
        const char *type, *charset, *body;
    } cases[] = {
        { "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=\"utf-8\"; x=y\r\n\r\nA", 200,
          "text/html", "utf-8", "A" },
        { "HTTP/1.0 404 None\ncontent-type: text/plain ; Charset=latin1\n\nA", 404, "text/plain",
          "latin1", "A" },
        { "HTTP/1.1 200 OK\r\nContent-Typ: text/html\r\n\r\n", 200, "", "", "" },
        { "HTTP/1.1 200 OK\r\nContent-Type: text/html", 200, "text/html", "", "" },
        { "HTTP/1.1 200 OK\r\nA: b\n\r", 200, "", "", "" },
        { "HTTP/1.1", 0, "", "", "" },
        { "HTTP/1.1 abc\r\n\r\n", 0, "", "", "" },
        { "GET / HTTP/1.1\r\n\r\n", 0, "", "", "" },
    };
    for (size_t i = 0; i < DGM_LEN(cases); i++) {
        dgm_http http = dgm_http_read(dgm_view_of(cases[i].bytes));
        if (http.status != cases[i].status || !dgm_view_eq(http.type, dgm_view_of(cases[i].type)) ||
            !dgm_view_eq(http.charset, dgm_view_of(cases[i].charset)) ||
            !dgm_view_eq(http.body, dgm_view_of(cases[i].body)))
            fail_msg("case %zu: %u '%.*s' '%.*s' '%.*s'", i, http.status, DGM_FMT(http.type),
                     DGM_FMT(http.charset), DGM_FMT(http.body));
    }
}

static void check_body(dgm_view body, const char *transfer, const char *encoding, bool good,
                       const char *text)
{
    dgm_arena *arena = dgm_arena_new();
    const dgm_http http = { .body = body,
                            .transfer = dgm_view_of(transfer),
                            .encoding = dgm_view_of(encoding) };
    dgm_view out = { "", 0 };
    bool read = dgm_http_body(&http, 64, arena, &out);
    if (read != good || (good && !dgm_view_eq(out, dgm_view_of(text))))
        fail_msg("%.*s, %s, %s: %d '%.*s'", (int)DGM_MIN(body.n, 20), body.p, transfer, encoding,
                 read, DGM_FMT(out));
    dgm_arena_free(arena);
}

static void chunks_are_put_together_and_what_is_none_stays(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        { "5\r\nHello\r\n6;ext=1\r\n world\r\n0\r\n\r\n", "Hello world" },
        { "A\r\n0123456789\r\nb \n01234567890\r\n0\r\n", "012345678901234567890" },
        { "9\r\nHell", "Hell" },
        { "0\r\n\r\n", "" },
        { "<html>whole", "<html>whole" },
        { "zz", "zz" },
        { "5", "5" },
        { "5 without an end", "5 without an end" },
        { "5x\r\nHello", "5x\r\nHello" },
        { "0\nthis is no chunk", "0\nthis is no chunk" },
        { "123456789\r\nA", "123456789\r\nA" },
    };
    for (size_t i = 0; i < DGM_LEN(cases); i++) {
        check_body(dgm_view_of(cases[i][0]), "Chunked", "", true, cases[i][1]);
        check_body(dgm_view_of(cases[i][0]), "", "", true, cases[i][0]);
    }
}

/* window: as zlib has it */
static dgm_view pack(dgm_view text, int window, char *out, size_t size)
{
    z_stream z = { .next_in = (Bytef *)(uintptr_t)text.p,
                   .avail_in = (uInt)text.n,
                   .next_out = (Bytef *)out,
                   .avail_out = (uInt)size };
    assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY), Z_OK);
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    deflateEnd(&z);
    return (dgm_view) { out, size - z.avail_out };
}

static void what_is_packed_is_unpacked_whatever_the_header_says(void **state)
{
    char bytes[400];
    const char *text = "Turkish troops attacked a village.";
    const dgm_view v = dgm_view_of(text);
    (void)state;
    check_body(pack(v, 15 + 16, bytes, sizeof bytes), "", "", true, text);
    check_body(pack(v, 15, bytes, sizeof bytes), "", "deflate", true, text);
    check_body(pack(v, -15, bytes, sizeof bytes), "", "Deflate", true, text);
    size_t n = ZSTD_compress(bytes, sizeof bytes, text, v.n, 3);
    check_body((dgm_view) { bytes, n }, "", "", true, text);
    check_body((dgm_view) { bytes, 9 }, "", "", false, "");
    check_body(DGM_VIEW("\x28\xb5\x2f\xfd and nothing of it"), "", "", false, "");
    check_body(DGM_VIEW("\x1f\x8b and nothing of it"), "", "gzip", false, "");
    check_body(DGM_VIEW("nothing of it"), "", "deflate", false, "");
    check_body(DGM_VIEW("<p>plain</p>"), "", "deflate", true, "<p>plain</p>");
    check_body(DGM_VIEW("<p>plain</p>"), "", "br", true, "<p>plain</p>");
    check_body(DGM_VIEW("packed"), "", "br", false, "");
    check_body(DGM_VIEW(""), "", "", true, "");
    /* At most 64 bytes of it, and what comes before damage. */
    char long_text[200];
    memset(long_text, 'a', sizeof long_text);
    dgm_view packed = pack((dgm_view) { long_text, sizeof long_text }, 31, bytes, sizeof bytes);
    long_text[64] = '\0';
    check_body(packed, "", "", true, long_text);
}

/* ---- charsets ------------------------------------------------------------------------------- */

static void bytes_stand_for_what_the_page_or_the_server_says(void **state)
{
    (void)state;
#define BYTES(text) (text), sizeof(text) - 1
    static const struct {
        const char *bytes;
        size_t n;
        const char *declared, *text;
    } cases[] = {
        { BYTES("\xEF\xBB\xBF"
                "caf\xC3\xA9\xFF"),
          "latin1", "café\uFFFD" },
        { BYTES("\xFF\xFE"
                "c\0\xE9\0"),
          "", "cé" },
        { BYTES("\xFE\xFF"
                "\0c\0\xE9"),
          "", "cé" },
        { BYTES("\xFF\xFE"
                "c\0\xE9"),
          "", "c\uFFFD" },
        { BYTES("caf\xC3\xA9"), "windows-1251", "café" },
        { BYTES("a\0b"), "", "a b" },
        { BYTES("caf\xE9"), "ISO-8859-1", "café" },
        { BYTES("caf\xE9"), " latin1; x", "café" },
        { BYTES("\xCC\xE8\xF0"), "windows-1251", "Мир" },
        { BYTES("caf\xE9"), "utf-8", "caf\uFFFD" },
        { BYTES("caf\xE9"), "UTF8", "caf\uFFFD" },
        { BYTES("caf\xE9"), "no-such-charset", "caf\uFFFD" },
        { BYTES("<meta charset='windows-1251'>\xCC\xE8\xF0"), "",
          "<meta charset='windows-1251'>Мир" },
        { BYTES("<meta charset = \"latin1\">\xE9"), "", "<meta charset = \"latin1\">é" },
        { BYTES("<?xml encoding=koi8-r?>\xED"), "", "<?xml encoding=koi8-r?>М" },
        { BYTES("charset, charset=utf-16 encoding=iso-8859-2 \xB3"), "",
          "charset, charset=utf-16 encoding=iso-8859-2 ł" },
        { BYTES("charset= encoding=\"\" charset=utf-8 \xB3"), "",
          "charset= encoding=\"\" charset=utf-8 \uFFFD" },
        { BYTES("\x83\x41\x83"), "shift_jis", "ア\uFFFD" },
        { BYTES("\x83\x41\xFF\x41"), "shift_jis", "ア\uFFFDA" },
    };
#undef BYTES
    for (size_t i = 0; i < DGM_LEN(cases); i++) {
        dgm_arena *arena = dgm_arena_new();
        dgm_view text = dgm_decode(arena, (dgm_view) { cases[i].bytes, cases[i].n },
                                   dgm_view_of(cases[i].declared));
        if (!dgm_view_eq(text, dgm_view_of(cases[i].text)))
            fail_msg("case %zu: '%.*s'", i, DGM_FMT(text));
        dgm_arena_free(arena);
    }
}

/* ---- folders -------------------------------------------------------------------------------- */

static char folder[64];

static void put_file(const char *name, const char *text)
{
    char path[4200];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    assert_int_equal(fclose(f), 0);
}

static void make_folder(const char *name)
{
    char path[4200];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_int_equal(mkdir(path, 0700), 0);
}

static void say(void *context, const dgm_err *err)
{
    char *said = context;
    size_t n = strlen(said);
    snprintf(said + n, 2000 - n, "%s\n", err->msg);
}

/* The ids of all stories, and what is complained about. */
static void read_all(char *const *paths, size_t n, char said[2000])
{
    char complained[2000] = "";
    dgm_complaints complaints = { .fn = say, .context = complained };
    const dgm_reader_options options = { .default_date = "2020-10-02", .complaints = &complaints };
    dgm_inputs *in = dgm_inputs_new(paths, n, true, &options);
    dgm_arena *arena = dgm_arena_new();
    dgm_document doc;
    dgm_err err = { 0 };
    said[0] = '\0';
    assert_non_null(in);
    assert_int_equal(dgm_inputs_look(in, &err), DGM_OK);
    while (dgm_inputs_next(in, arena, &doc, &err) == DGM_OK) {
        size_t used = strlen(said);
        snprintf(said + used, 2000 - used, "%.*s ", DGM_FMT(doc.id));
    }
    assert_false(dgm_inputs_ended_early(in));
    assert_true(dgm_inputs_tell(in) > 0);
    strncat(said, complained, 1999 - strlen(said));
    dgm_inputs_free(in);
    dgm_arena_free(arena);
}

/* What is deeper is passed over; names are short, so that paths fit. */
static void make_deep(char *path, size_t size)
{
    snprintf(path, size, "deep");
    for (int i = 0; i < 70; i++) {
        make_folder(path);
        strncat(path, "/d", size - strlen(path) - 1);
    }
    make_folder(path);
    strncat(path, "/too-deep.txt", size - strlen(path) - 1);
    put_file(path, "Peace.");
}

static void a_folder_is_read_as_the_files_in_it_by_name(void **state)
{
    char said[2000], path[4200], none[4200], deep[400], command[100], dash[] = "-";
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/dragoman-readers-XXXXXX");
    assert_non_null(mkdtemp(folder));
    make_folder("sub");
    put_file("b.txt", "Peace.");
    put_file("a.txt", "War.");
    put_file(".hidden.txt", "Nothing.");
    put_file("sub/c.txt", "Talks.");
    snprintf(path, sizeof path, "%s/pipe", folder);
    assert_int_equal(mkfifo(path, 0600), 0);
    snprintf(path, sizeof path, "%s/round", folder);
    assert_int_equal(symlink(folder, path), 0);
    snprintf(none, sizeof none, "%s/none.txt", folder);
    snprintf(path, sizeof path, "%s///", folder);
    char *const paths[] = { path, none }, *const with_dash[] = { path, dash };
    read_all(paths, 2, said);
    assert_string_equal(said, "a b c No such file or directory\n");
    assert_int_equal(dgm_inputs_total(paths, 2, true), 6 + 4 + 6);
    assert_int_equal(dgm_inputs_total(with_dash, 2, true), 0);
    assert_int_equal(dgm_inputs_total(NULL, 0, true), 0);
    make_deep(deep, sizeof deep);
    read_all(paths, 1, said);
    assert_string_equal(said, "a b c it lies more than 64 folders deep and is passed over\n");
    snprintf(command, sizeof command, "rm -rf %s", folder);
    assert_int_equal(system(command), 0);
}

/* ---- rows and lines that are too long ------------------------------------------------------- */

static void check_long(const char *name, const char *before, const char *after, const char *said)
{
    enum { TOO_LONG = DGM_MAX_LINE + 100 };
    char complained[2000] = "", ids[100] = "";
    dgm_complaints complaints = { .fn = say, .context = complained };
    const dgm_reader_options options = { .default_date = "2020-10-02", .complaints = &complaints };
    size_t n = strlen(before), m = strlen(after);
    char *bytes = malloc(n + TOO_LONG + m);
    dgm_reader *reader = NULL;
    dgm_arena *arena = dgm_arena_new();
    dgm_document doc;
    assert_true(bytes != NULL && arena != NULL);
    memcpy(bytes, before, n);
    memset(bytes + n, 'a', TOO_LONG);
    memcpy(bytes + n + TOO_LONG, after, m);
    assert_int_equal(dgm_reader_open_memory(bytes, n + TOO_LONG + m, name, &options, &reader, NULL),
                     DGM_OK);
    while (dgm_reader_next(reader, arena, &doc, NULL) == DGM_OK)
        snprintf(ids + strlen(ids), sizeof ids - strlen(ids), "%.*s ", DGM_FMT(doc.id));
    snprintf(ids + strlen(ids), sizeof ids - strlen(ids), "%s", complained);
    if (strncmp(ids, said, strlen(said)) != 0)
        fail_msg("%s: %s", name, ids);
    dgm_reader_free(reader);
    dgm_arena_free(arena);
    free(bytes);
}

static void what_follows_a_line_that_is_too_long_is_read(void **state)
{
    (void)state;
    check_long("a.jsonl", "{\"id\":\"x\",\"text\":\"", "\"}\n{\"id\":\"y\",\"text\":\"War.\"}\n",
               "y the line is longer than");
    check_long("a.csv", "id,text\nx,", "\ny,War.\n", "y the row is longer than");
    check_long("a.json", "[{\"id\":\"x\",\"text\":\"", "\"},{\"id\":\"y\",\"text\":\"War.\"}]",
               "y ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_day_is_read_as_its_format_says),
        cmocka_unit_test(a_format_without_year_month_or_day_is_refused),
        cmocka_unit_test(an_address_has_a_day_where_three_parts_stand_together),
        cmocka_unit_test(a_day_in_words_is_read_where_it_cannot_be_mistaken),
        cmocka_unit_test(the_day_after_goes_over_months_and_years),
        cmocka_unit_test(an_answer_has_status_type_and_charset),
        cmocka_unit_test(chunks_are_put_together_and_what_is_none_stays),
        cmocka_unit_test(what_is_packed_is_unpacked_whatever_the_header_says),
        cmocka_unit_test(bytes_stand_for_what_the_page_or_the_server_says),
        cmocka_unit_test(a_folder_is_read_as_the_files_in_it_by_name),
        cmocka_unit_test(what_follows_a_line_that_is_too_long_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
