/* dragoman tables add: an actor, an office or a role of one's own as a row of one's own tables. The
 * row is loaded as the coder loads it, and a sentence is coded with it; where either fails, the
 * table is put back as it was. */
#include "cli/cli.h"

#include "library/places.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef enum { ADDS_ACTOR, ADDS_PERSON, ADDS_ROLE, N_ADDS } addition;

/* A table's columns are those that the shipped one has. A sentence with the name between `before`
 * and `after` is coded to show the row. */
static const struct {
    const char *option, *table, *header, *comment, *before, *after;
} additions[N_ADDS] = {
    { "actor", "actors/organisations.tsv",
      "name\talso\tcountry\tsector\tothers\tkind\tmembers\tfrom\tto\tid",
      "# Own bodies, parties and armed groups.", "", " attacked a town" },
    { "person", "actors/offices.tsv", "person\talso\tcountry\tsector\toffice\tfrom\tto\tid",
      "# Own holders of offices.", "", " criticised the plan" },
    { "role", "actors/agents.tsv", "phrase\tsector\tothers\tkind\tplural", "# Own nouns of roles.",
      "A Syrian ", " criticised the plan" },
};

typedef struct {
    const dgm_arguments *arguments;
    addition what;
    const char *name;
    char country[4], sector[4], others[16];
    char folder[4096], path[4400]; /* of the own tables, and of the one that is written */
    char dirs[DGM_MAX_FOLDER_LIST];
    char row[1200];
    char *old; /* the table as it was; NULL: it was not there */
    size_t n_old, line;
    size_t n_faults; /* of the new row */
} adding;

static bool fail(const adding *a, const char *format, ...) DGM_PRINTF(2, 3);

static bool fail(const adding *a, const char *format, ...)
{
    char text[600];
    dgm_err err = { 0 };
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    (void)dgm_fail(&err, DGM_EUSAGE, NULL, 0, "%s", text);
    dgm_cli_usage(a->arguments, &err);
    return false;
}

/* An option's value; "-" where it is not given. */
static const char *cell(const adding *a, const char *name)
{
    const char *value = dgm_option_value(a->arguments, name);
    return value && value[0] ? value : "-";
}

/* ---- what is asked for ---------------------------------------------------------------------- */

typedef struct {
    dgm_view code;
    bool found;
    char country[100]; /* the code's meaning, where it is that of a country */
} looking;

static bool look(void *context, const dgm_row *row)
{
    looking *l = context;
    if (!dgm_view_eq(row->cell[0], l->code))
        return true;
    l->found = true;
    if (dgm_view_eq(row->cell[2], DGM_VIEW("country")))
        snprintf(l->country, sizeof l->country, "%.*s", (int)DGM_MIN(row->cell[1].n, 90),
                 row->cell[1].p);
    return true;
}

static looking look_up(const adding *a, const char *table, const char *code)
{
    static const char *const columns[] = { "code", "meaning?", "kind?", NULL };
    looking l = { .code = dgm_view_of(code) };
    /* A table that cannot be read knows no code. */
    dgm_complaints complaints = dgm_cli_complaints();
    char *text = NULL;
    if (dgm_table_load(a->dirs, table, columns, look, &l, &complaints, &text) == DGM_OK)
        free(text);
    return l;
}

static bool is_known(const adding *a, const char *table, const char *code)
{
    return look_up(a, table, code).found;
}

static bool take_country(adding *a, const char *code)
{
    if (strlen(code) != 3 || !is_known(a, "actors/codes.tsv", code))
        return fail(a, "'%.20s' is not a code of a country; actors/codes.tsv lists them", code);
    memcpy(a->country, code, 4);
    return true;
}

static bool take_sector(adding *a, const char *code)
{
    if (strlen(code) != 3 || !is_known(a, "actors/sectors.tsv", code))
        return fail(a, "'%.20s' is not a code of a sector; actors/sectors.tsv lists them", code);
    if (!a->sector[0]) {
        memcpy(a->sector, code, 4);
        return true;
    }
    size_t n = strlen(a->others);
    if (n + 5 > sizeof a->others)
        return fail(a, "'%.20s' is a sector too many", code);
    snprintf(a->others + n, sizeof a->others - n, "%s%s", n ? "," : "", code);
    return true;
}

/* SYRREB, SYR, REB, ---REB, SYRREBOPP */
static bool take_code(adding *a, const char *code)
{
    size_t n = strlen(code);
    if (n == 0 || n % 3 != 0 || n > 15)
        return fail(a, "'%.20s' is not a code; SYRREB is one: a country, then a sector", code);
    for (size_t i = 0; i < n; i += 3) {
        char part[4] = { code[i], code[i + 1], code[i + 2], 0 };
        bool no_country = strcmp(part, "---") == 0 || (is_known(a, "actors/sectors.tsv", part) &&
                                                       !is_known(a, "actors/codes.tsv", part));
        if (i == 0 && !no_country) {
            if (!take_country(a, part))
                return false;
        } else if (strcmp(part, "---") != 0 && !take_sector(a, part)) {
            return false;
        }
    }
    return true;
}

static bool take_codes(adding *a)
{
    const char *code = dgm_option_value(a->arguments, "code"),
               *country = dgm_option_value(a->arguments, "country"),
               *sector = dgm_option_value(a->arguments, "sector");
    if (code && !take_code(a, code))
        return false;
    if (country && !a->country[0] && !take_country(a, country))
        return false;
    if (sector && !take_sector(a, sector))
        return false;
    if (a->what == ADDS_PERSON && !a->sector[0])
        memcpy(a->sector, "GOV", 4);
    if (a->what == ADDS_ROLE && a->country[0])
        return fail(a, "a role has a sector and no country, not '%s'", a->country);
    if (a->what == ADDS_PERSON && !a->country[0])
        return fail(a, "--person needs --country");
    if (!a->country[0] && !a->sector[0])
        return fail(a, "%s",
                    a->what == ADDS_ROLE ? "--role needs --sector"
                                         : "--actor needs --code, such as SYRREB");
    return true;
}

/* What would end the cell, the row or the list of names. */
static bool check_text(const adding *a, const char *name)
{
    const char *value = dgm_option_value(a->arguments, name);
    if (!value)
        return true;
    dgm_view text = dgm_view_of(value);
    bool good = text.n > 0 && text.n <= 200 && dgm_utf8_invalid(text) == SIZE_MAX &&
                value[0] != '#' && dgm_view_trim(text).n == text.n && strcmp(value, "-") != 0;
    for (size_t i = 0; i < text.n; i++)
        good = good && (unsigned char)value[i] >= 0x20 && value[i] != 0x7f;
    if (good && strcmp(name, "also") != 0)
        good = !strchr(value, '|');
    return good || fail(a,
                        "--%s takes a text of up to 200 bytes without TABs, | and # at its "
                        "beginning; --also may part several by |",
                        name);
}

static bool take_what(adding *a)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < N_ADDS; i++) {
        if (!dgm_option_given(a->arguments, additions[i].option))
            continue;
        a->what = (addition)i;
        n++;
    }
    if (n != 1)
        return fail(a, "one of --actor, --person and --role says what is added");
    a->name = dgm_option_value(a->arguments, additions[a->what].option);
    if (a->what == ADDS_PERSON && !dgm_option_value(a->arguments, "office"))
        return fail(a, "--person needs --office");
    if (a->what == ADDS_ROLE &&
        (dgm_option_value(a->arguments, "from") || dgm_option_value(a->arguments, "to")))
        return fail(a, "a role has no dates");
    static const char *const texts[] = { "actor",  "person", "role", "also", "office",
                                         "plural", "from",   "to",   "kind" };
    for (size_t i = 0; i < DGM_LEN(texts); i++)
        if (!check_text(a, texts[i]))
            return false;
    return true;
}

/* ---- the row -------------------------------------------------------------------------------- */

static const char *kind_of(const adding *a)
{
    static const struct {
        const char *sector, *kind;
    } kinds[] = { { "PTY", "party" },     { "BUS", "company" }, { "JRN", "media" },
                  { "GOV", "agency" },    { "MIL", "army" },    { "COP", "police" },
                  { "SPY", "agency" },    { "SOC", "ngo" },     { "LEG", "parliament" },
                  { "REL", "church" },    { "JUD", "court" },   { "LAB", "union" },
                  { "EDU", "institute" }, { "REB", "armed" },   { "PRM", "armed" },
                  { "UAF", "armed" },     { "CRM", "armed" } };
    const char *given = dgm_option_value(a->arguments, "kind");
    for (size_t i = 0; !given && a->what == ADDS_ACTOR && i < DGM_LEN(kinds); i++)
        if (strcmp(a->sector, kinds[i].sector) == 0)
            return kinds[i].kind;
    return given ? given : a->what == ADDS_ROLE ? "role" : "movement";
}

static void make_row(adding *a)
{
    const char *country = a->country[0] ? a->country : "-",
               *others = a->others[0] ? a->others : "-", *sector = a->sector[0] ? a->sector : "-";
    if (a->what == ADDS_ACTOR)
        snprintf(a->row, sizeof a->row, "%s\t%s\t%s\t%s\t%s\t%s\t-\t%s\t%s\t-", a->name,
                 cell(a, "also"), country, sector, others, kind_of(a), cell(a, "from"),
                 cell(a, "to"));
    else if (a->what == ADDS_PERSON)
        snprintf(a->row, sizeof a->row, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t-", a->name, cell(a, "also"),
                 country, sector, cell(a, "office"), cell(a, "from"), cell(a, "to"));
    else
        snprintf(a->row, sizeof a->row, "%s\t%s\t%s\t%s\t%s", a->name, sector, others, kind_of(a),
                 cell(a, "plural"));
}

/* ---- doubles -------------------------------------------------------------------------------- */

typedef struct {
    const adding *a;
    dgm_arena *arena;
    dgm_view name, office, from;
    char double_of[4600], other[4600]; /* places of rows that say the same, and something else */
} comparing;

static bool has_name(const comparing *c, dgm_view names)
{
    dgm_view part;
    while (names.n > 0 && dgm_view_split(&names, '|', &part))
        if (dgm_view_eq(dgm_fold(c->arena, dgm_view_trim(part)), c->name))
            return true;
    return false;
}

/* Columns: name also country sector office from; which are missing come as empty. */
static bool compare(void *context, const dgm_row *row)
{
    comparing *c = context;
    bool there = has_name(c, row->cell[0]) || has_name(c, row->cell[1]),
         person = c->a->what == ADDS_PERSON;
    if (!there)
        return true;
    bool same = dgm_view_eq(row->cell[2], dgm_view_of(c->a->country)) &&
                dgm_view_eq(row->cell[3], dgm_view_of(c->a->sector));
    if (person) /* somebody holds many offices, and one of them again */
        same = same && dgm_view_eq(row->cell[4], c->office) && dgm_view_eq(row->cell[5], c->from);
    if (same)
        snprintf(c->double_of, sizeof c->double_of, "%s:%zu", row->file, row->line);
    else if (!person)
        snprintf(c->other, sizeof c->other, "%s:%zu", row->file, row->line);
    return true;
}

static dgm_view given_text(const adding *a, const char *name)
{
    const char *value = dgm_option_value(a->arguments, name);
    return value ? dgm_view_of(value) : (dgm_view) { "", 0 };
}

static bool say_doubles(const adding *a, const comparing *c)
{
    if (c->double_of[0])
        fprintf(stderr, "dragoman: %s: the tables have this already\n", c->double_of);
    else if (c->other[0] && !dgm_option_given(a->arguments, "quiet"))
        fprintf(stderr, "dragoman: %s: this row codes the name otherwise; yours goes before it\n",
                c->other);
    return !c->double_of[0];
}

static bool is_new(const adding *a)
{
    static const char *const columns[N_ADDS][7] = {
        { "name", "also", "country", "sector", "office?", "from?", NULL },
        { "person", "also", "country", "sector", "office", "from", NULL },
        { "phrase", "plural?", "country?", "sector", "office?", "from?", NULL },
    };
    comparing *c = calloc(1, sizeof *c);
    char *text = NULL, path[4096];
    dgm_err why = { .status = DGM_ENOMEM };
    dgm_complaints unheard = { .fn = dgm_complaint_keep, .context = &why };
    const char *table = additions[a->what].table;
    bool good = c && (c->arena = dgm_arena_new());
    if (good) {
        c->a = a;
        c->name = dgm_fold(c->arena, dgm_view_of(a->name));
        c->office = given_text(a, "office");
        c->from = given_text(a, "from");
        bool there = dgm_folders_holder(a->dirs, table, path, sizeof path); /* else it is new */
        dgm_status status =
            dgm_table_load(a->dirs, table, columns[a->what], compare, c, &unheard, &text);
        good =
            (status == DGM_OK || (!there && status != DGM_ENOMEM)) && !dgm_arena_failed(c->arena);
        free(text);
    }
    bool starved = !c || !c->arena || dgm_arena_failed(c->arena) || why.status == DGM_ENOMEM;
    if (!good && !starved)
        dgm_cli_say(&why);
    else if (!good)
        (void)dgm_cli_no_memory();
    good = good && say_doubles(a, c);
    if (c)
        dgm_arena_free(c->arena);
    free(c);
    return good;
}

/* ---- the table ------------------------------------------------------------------------------ */

static bool say_errno(const char *path)
{
    dgm_err err = { 0 };
    (void)dgm_fail(&err, DGM_EIO, path, 0, "%s", strerror(errno));
    dgm_cli_say(&err);
    return false;
}

/* Makes all folders of the path up to its last stroke. */
static bool make_folders(const char *path)
{
    char part[4400];
    snprintf(part, sizeof part, "%s", path);
    for (char *p = part + 1; *p; p++) {
        if (*p != '/')
            continue;
        *p = 0;
        if (mkdir(part, 0777) != 0 && errno != EEXIST)
            return say_errno(part);
        *p = '/';
    }
    return true;
}

static bool choose_folder(adding *a)
{
    const dgm_settings *s = a->arguments->settings;
    const char *list = dgm_option_value(a->arguments, "tables");
    dgm_view folders[DGM_MAX_FOLDERS];
    if (!list && s->lines[DGM_SETTING_TABLES])
        list = s->values[DGM_SETTING_TABLES];
    uint32_t n = dgm_folders_cut(list ? list : s->own_tables, folders);
    if (n == 0)
        return fail(a, "there is no home: --tables names the folder of your tables");
    int length = snprintf(a->folder, sizeof a->folder, "%.*s", DGM_FMT(folders[n - 1]));
    if (length < 0 || (size_t)length >= sizeof a->folder)
        return fail(a, "the path of --tables is too long");
    snprintf(a->path, sizeof a->path, "%s/%s", a->folder, additions[a->what].table);
    dgm_err err = { 0 };
    if (!make_folders(a->path))
        return false;
    if (dgm_tables_find(list ? list : s->own_tables, NULL, a->dirs, sizeof a->dirs, &err) == DGM_OK)
        return true;
    dgm_cli_say(&err);
    return false;
}

static bool save(const char *path, const char *text, size_t n)
{
    char fresh[4420];
    snprintf(fresh, sizeof fresh, "%s.new", path);
    FILE *f = fopen(fresh, "wb");
    bool good = f && fwrite(text, 1, n, f) == n;
    good = f && fclose(f) == 0 && good;
    if (good && rename(fresh, path) == 0)
        return true;
    (void)say_errno(path);
    (void)unlink(fresh);
    return false;
}

static bool write_row(adding *a)
{
    enum { LARGEST = 64 << 20 };
    dgm_err err = { 0 };
    dgm_buffer text = { 0 };
    if (access(a->path, F_OK) == 0 &&
        dgm_file_read(a->path, LARGEST, &a->old, &a->n_old, &err) != DGM_OK) {
        dgm_cli_say(&err);
        return false;
    }
    dgm_view old = { a->old ? a->old : "", a->n_old };
    dgm_buffer_put(&text, old);
    if (old.n == 0)
        dgm_buffer_printf(&text, "%s\n%s\n", additions[a->what].comment, additions[a->what].header);
    else if (old.p[old.n - 1] != '\n')
        dgm_buffer_put(&text, DGM_VIEW("\n"));
    a->line = 1;
    for (size_t i = 0; i < text.n; i++)
        a->line += text.p[i] == '\n';
    dgm_buffer_printf(&text, "%s\n", a->row);
    if (text.failed)
        (void)dgm_cli_no_memory();
    bool good = !text.failed && save(a->path, text.p, text.n);
    dgm_buffer_done(&text);
    return good;
}

static void undo(const adding *a)
{
    if (a->old)
        (void)save(a->path, a->old, a->n_old);
    else if (unlink(a->path) != 0)
        (void)say_errno(a->path);
}

/* ---- the proof ------------------------------------------------------------------------------ */

static void complain(void *context, const dgm_err *err)
{
    adding *a = context;
    a->n_faults += strcmp(err->file, a->path) == 0 && err->line == a->line;
    dgm_cli_say(err);
}

/* The day of a story that the row is for: its first, or its last. */
static dgm_view day_of(const adding *a, dgm_arena *arena)
{
    const char *from = dgm_option_value(a->arguments, "from"),
               *to = dgm_option_value(a->arguments, "to"), *day = from ? from : to;
    size_t n = day ? strlen(day) : 0;
    if (n < 4)
        return DGM_VIEW("2020-01-01");
    return dgm_arena_printf(arena, "%s%s", day, n == 4 ? "-01-01" : n == 7 ? "-01" : "");
}

/* Whom the row stands for in the sentence; false: for nobody. */
static bool show_entity(const adding *a, const dgm_document *doc)
{
    const char *slash = strrchr(a->folder, '/');
    char source[4700];
    bool whole = dgm_tables_whole(dgm_view_of(a->folder));
    snprintf(source, sizeof source, "%s%s%s:%zu",
             whole   ? ""
             : slash ? slash + 1
                     : a->folder,
             whole ? "" : "/", additions[a->what].table, a->line);
    for (uint32_t i = 0; i < doc->entities.n; i++) {
        const dgm_entity *e = &doc->entities.at[i];
        if (!dgm_view_eq(e->source, dgm_view_of(source)))
            continue;
        printf("  %s %.*s\n", doc->date, DGM_FMT(doc->text));
        printf("  %.*s is coded %s%s\n", DGM_FMT(e->name), e->country[0] ? e->country : "---",
               e->sector);
        return true;
    }
    return false;
}

static dgm_status prove(const adding *a, const dgm_coder *coder, bool *shown, dgm_err *err)
{
    dgm_document doc;
    dgm_arena *arena = dgm_arena_new();
    dgm_story *story = dgm_story_new(coder);
    dgm_status status =
        arena && story ? DGM_OK : dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for a story");
    for (int i = 0; i < 2 && status == DGM_OK && !*shown; i++) {
        const char *article = i == 1 && a->what == ADDS_ACTOR ? "The " : "";
        dgm_document_init(&doc, arena);
        char text[600];
        looking l = look_up(a, "actors/codes.tsv", a->country);
        snprintf(text, sizeof text, "%s%s%s%s%s%s on Monday.", article, additions[a->what].before,
                 a->name, additions[a->what].after, l.country[0] ? " in " : "", l.country);
        doc.text = dgm_view_of(text);
        dgm_view day = day_of(a, arena);
        snprintf(doc.date, sizeof doc.date, "%.*s", DGM_FMT(day));
        status = dgm_story_code(story, &doc, err);
        *shown = status == DGM_OK && show_entity(a, &doc);
    }
    dgm_story_free(story);
    dgm_arena_free(arena);
    return status;
}

static int check(adding *a)
{
    dgm_complaints complaints = { .fn = complain, .context = a };
    dgm_coder *coder = NULL;
    dgm_err err = { 0 };
    bool shown = false;
    dgm_status status =
        dgm_coder_load(a->dirs, dgm_option_value(a->arguments, "model"), &complaints, &coder, &err);
    if (status == DGM_OK && a->n_faults == 0)
        printf("%s:%zu\n  %s\n", a->path, a->line, a->row);
    if (status == DGM_OK && a->n_faults == 0)
        status = prove(a, coder, &shown, &err);
    dgm_coder_free(coder);
    if (status != DGM_OK)
        dgm_cli_say(&err);
    if (status != DGM_OK || a->n_faults > 0) {
        undo(a);
        fputs("dragoman: nothing was added\n", stderr);
        return DGM_EXIT_USAGE;
    }
    if (!shown)
        fprintf(stderr,
                "dragoman: the row is there, but a sentence about %s was not coded with it; "
                "`dragoman explain` says why\n",
                a->name);
    const char *env = getenv("DRAGOMAN_TABLES");
    if (env && env[0] && !dgm_option_given(a->arguments, "tables") &&
        !dgm_option_given(a->arguments, "quiet"))
        fprintf(stderr,
                "dragoman: DRAGOMAN_TABLES is set and goes before these tables; --tables "
                "%s uses them\n",
                a->folder);
    return shown && complaints.n == 0 ? DGM_EXIT_OK : DGM_EXIT_REFUSED;
}

static int tables_add(const dgm_arguments *arguments)
{
    adding *a = calloc(1, sizeof *a);
    int code = DGM_EXIT_USAGE;
    if (!a)
        return dgm_cli_no_memory();
    a->arguments = arguments;
    if (take_what(a) && choose_folder(a) && take_codes(a)) {
        make_row(a);
        if (is_new(a) && write_row(a))
            code = check(a);
    }
    free(a->old);
    free(a);
    return code;
}

static const dgm_option options[] = {
    { 0, "actor", "NAME", "add a body: a group, party, company, ministry", NULL },
    { 0, "person", "NAME", "add somebody who holds an office", NULL },
    { 0, "role", "NOUN", "add a noun that says what somebody does: \"sapper\"", NULL },
    { 0, "also", "NAMES", "other names of the actor or person, parted by |", NULL },
    { 0, "code", "CODE", "country and sector: SYRREB, SYR, ---REB", NULL },
    { 0, "country", "CODE", "country alone", NULL },
    { 0, "sector", "CODE", "sector alone; of a person GOV where none is given", NULL },
    { 0, "office", "TITLE", "the person's office: \"foreign minister\"", NULL },
    { 0, "from", "DAY", "first day, as YYYY, YYYY-MM or YYYY-MM-DD", NULL },
    { 0, "to", "DAY", "last day", NULL },
    { 0, "kind", "KIND", "the actor's or role's kind, where its sector does not say it", NULL },
    { 0, "plural", "NOUN", "the role's plural, where it is irregular", NULL },
    { 0, "tables", "DIR", "write into DIR instead of ~/.config/dragoman/tables", NULL },
    DGM_OPTION_MODEL,
};

const dgm_command dgm_command_tables_add = {
    .name = "tables add",
    .operands = "",
    .summary = "Add an actor, an office or a role to your own tables, and check it",
    .more = "Writes one row into DIR, which is made if it is not there, and lies over the shipped\n"
            "tables. The row is checked as `tables check` does it, and a sentence is coded with\n"
            "it; a row that is wrong, or that the tables have already, is not added.\n"
            "~/.config/dragoman/tables is read whenever nothing else names tables.",
    .options = options,
    .n_options = DGM_LEN(options),
    .run = tables_add,
};
