/* All that a user reads about commands and options, made from their tables. */
#include "cli/options.h"

#include <string.h>

static const char *const about =
    "reads dated news reports and writes, for every event in them, who did what to whom,\n"
    "when and where, on whose word, whether it is affirmed or denied, and whether it happened\n"
    "or was only promised, demanded, feared or made conditional, with the exact words that it\n"
    "rests on.\n";

static const struct {
    const char *code, *meaning;
} exit_codes[] = {
    { "0", "all input was read" },
    { "1", "some input or table row was refused; standard error says which and why" },
    { "2",
      "wrong command line, or unusable tables, model, store, or files to learn from or compare" },
};

static const struct {
    const char *what, *command;
} examples[] = {
    { "A readable table of the events of two reports", "dragoman code -f table report.txt b.txt" },
    { "A day of reports on four cores", "zcat day.jsonl.gz | dragoman code -j 4 - > events.jsonl" },
    { "Why one sentence is coded as it is",
      "dragoman explain --date 2020-10-02 'Turkey denied that it had sent fighters.'" },
};

static const struct {
    const char *name, *meaning;
} environment[] = {
    { "DRAGOMAN_TABLES", "the folders of tables where --tables is not given" },
    { "DRAGOMAN_TOKEN", "the token of serve where --token-file is not given" },
    { "DRAGOMAN_LANGUAGES", "the folder of libexttextcat's tables where they are not installed" },
    { "NATS_URL", "the brokers where --nats is not given" },
    { "NO_COLOR", "no colours, even on a terminal" },
    { "SOURCE_DATE_EPOCH", "the time that --meta gives instead of now" },
    { "XDG_CONFIG_HOME", "stands instead of ~/.config" },
};

/* "-j, --jobs=N" as help and manual name an option. */
static void option_label(const dgm_option *option, char *buf, size_t size)
{
    bool list = option->argument && strchr(option->argument, '|');
    char letter[5] = "    ";
    if (option->letter)
        snprintf(letter, sizeof letter, "-%c, ", option->letter);
    snprintf(buf, size, "%s--%s%s%s", letter, option->name, option->argument ? "=" : "",
             !option->argument ? ""
             : list            ? "NAME"
                               : option->argument);
}

enum { WIDTH = 100, TEXT_AT = 28, MOST_TEXT = 800 };

/* Text that begins at column TEXT_AT; it may be broken at blanks, and after the bar of a list. */
static void put_wrapped(const char *text, size_t column, FILE *out)
{
    bool blank = false; /* stands before the next word */
    while (*text) {
        size_t n = strcspn(text, " |");
        n += text[n] == '|';
        if (column + blank + n > WIDTH && column > TEXT_AT) {
            fprintf(out, "\n%*s", TEXT_AT, "");
            column = TEXT_AT;
        } else if (blank) {
            fputc(' ', out);
            column++;
        }
        fwrite(text, 1, n, out);
        column += n;
        text += n;
        blank = *text == ' ';
        text += strspn(text, " ");
    }
}

static void option_text(const dgm_option *option, size_t column, FILE *out)
{
    char text[MOST_TEXT];
    bool list = option->argument && strchr(option->argument, '|');
    const char *fallback = option->fallback;
    snprintf(text, sizeof text, "%s%s%s%s%s%s", option->help, list ? "; NAME is one of " : "",
             list ? option->argument : "", fallback ? " (default: " : "", fallback ? fallback : "",
             fallback ? ")" : "");
    put_wrapped(text, column, out);
}

static void usage_line(const dgm_command *command, FILE *out)
{
    fprintf(out, "dragoman %s [OPTION...]%s%s", command->name, command->operands[0] ? " " : "",
            command->operands);
}

void dgm_help_command(const dgm_command *command, FILE *out)
{
    fputs("usage: ", out);
    usage_line(command, out);
    fprintf(out, "\n\n%s.\n", command->summary);
    if (command->more)
        fprintf(out, "%s\n", command->more);
    fputs("\noptions:\n", out);
    for (size_t i = 0; i < dgm_n_options(command); i++) {
        char label[80];
        option_label(dgm_option_at(command, i), label, sizeof label);
        int shown = fprintf(out, "  %-24s  ", label);
        option_text(dgm_option_at(command, i), shown > 0 ? (size_t)shown : 0, out);
        fputc('\n', out);
    }
    fprintf(out, "  %-24s  %s\n", "-h, --help", "show this help");
}

void dgm_help_program(const dgm_command *const *commands, size_t n, FILE *out)
{
    fprintf(out, "usage: dragoman COMMAND [OPTION...] [FILE...]\n\ndragoman %s\n", about);
    for (size_t i = 0; i < n; i++)
        fprintf(out, "  %-16s  %s\n", commands[i]->name, commands[i]->summary);
    fputs(
        "\n`dragoman COMMAND --help` lists the options of a command, `dragoman --version` prints\n"
        "the version. Among files of stories, a dash is standard input.\n\nexit codes:\n",
        out);
    for (size_t i = 0; i < DGM_LEN(exit_codes); i++)
        fprintf(out, "  %s  %s\n", exit_codes[i].code, exit_codes[i].meaning);
}

/* roff reads a backslash and a leading dot or quote as its own, and a plain dash as a hyphen. */
static void roff(const char *text, FILE *out)
{
    bool line_begins = true;
    for (const char *p = text; *p; p++) {
        if (line_begins && (*p == '.' || *p == '\''))
            fputs("\\&", out);
        if (*p == '\\')
            fputs("\\e", out);
        else if (*p == '-')
            fputs("\\-", out);
        else
            fputc(*p, out);
        line_begins = *p == '\n';
    }
}

static void manual_option(const dgm_option *option, FILE *out)
{
    char label[80];
    option_label(option, label, sizeof label);
    fputs(".TP\n\\fB", out);
    roff(label + strspn(label, " "), out);
    fputs("\\fR\n", out);
    roff(option->help, out);
    if (option->argument && strchr(option->argument, '|')) {
        fputs("; NAME is one of ", out);
        roff(option->argument, out);
    }
    if (option->fallback) {
        fputs(" (default: ", out);
        roff(option->fallback, out);
        fputc(')', out);
    }
    fputc('\n', out);
}

static void manual_command(const dgm_command *command, FILE *out)
{
    fputs(".SS \"", out);
    roff("dragoman ", out);
    roff(command->name, out);
    fputc(' ', out);
    roff(command->operands, out);
    fputs("\"\n", out);
    roff(command->summary, out);
    fputs(".\n", out);
    if (command->more) {
        roff(command->more, out);
        fputc('\n', out);
    }
    for (size_t i = 0; i < command->n_options; i++)
        manual_option(&command->options[i], out);
}

/* The options that all commands have. */
static void manual_common(const dgm_command *any, FILE *out)
{
    fputs(".SS \"Options of all commands\"\n", out);
    for (size_t i = any->n_options; i < dgm_n_options(any); i++)
        manual_option(dgm_option_at(any, i), out);
}

static void manual_end(FILE *out)
{
    fputs(".SH EXIT STATUS\n", out);
    for (size_t i = 0; i < DGM_LEN(exit_codes); i++)
        fprintf(out, ".TP\n\\fB%s\\fR\n%s\n", exit_codes[i].code, exit_codes[i].meaning);
    fputs(".SH ENVIRONMENT\n", out);
    for (size_t i = 0; i < DGM_LEN(environment); i++) {
        fprintf(out, ".TP\n\\fB%s\\fR\n", environment[i].name);
        roff(environment[i].meaning, out);
        fputc('\n', out);
    }
    fputs(".SH EXAMPLES\n", out);
    for (size_t i = 0; i < DGM_LEN(examples); i++) {
        fprintf(out, ".PP\n%s:\n.PP\n.nf\n    ", examples[i].what);
        roff(examples[i].command, out);
        fputs("\n.fi\n", out);
    }
    fputs(
        ".SH FILES\n.TP\n\\fB~/.config/dragoman/config\\fR\ndefaults: lines such as \"tables = "
        "~/actors\"; the names are db, tables and jobs, # begins a comment. The command line goes "
        "before the environment, and that before this file.\n.TP\n"
        "\\fB~/.config/dragoman/tables\\fR\nyour own tables, where nothing else names any; "
        "\"dragoman tables add\" writes them.\n.PP\n"
        "The formats of everything read and written are described in docs/formats of the "
        "sources.\n",
        out);
}

void dgm_help_manual(const dgm_command *const *commands, size_t n, FILE *out)
{
    fputs(".TH DRAGOMAN 1 \"\" \"dragoman " DGM_VERSION
          "\"\n.SH NAME\ndragoman \\- codes political "
          "events from news reports\n.SH SYNOPSIS\n",
          out);
    for (size_t i = 0; i < n; i++) {
        fprintf(out, ".B dragoman %s\n[OPTION...] ", commands[i]->name);
        roff(commands[i]->operands, out);
        fputs("\n.br\n", out);
    }
    fputs(".SH DESCRIPTION\n.B dragoman\n", out);
    roff(about, out);
    fputs(".SH COMMANDS\n", out);
    for (size_t i = 0; i < n; i++)
        manual_command(commands[i], out);
    manual_common(commands[0], out);
    manual_end(out);
}

static void completion_words(const dgm_command *command, FILE *out)
{
    fprintf(out, "    \"%s\")\n        words=\"--help", command->name);
    for (size_t i = 0; i < dgm_n_options(command); i++)
        fprintf(out, " --%s", dgm_option_at(command, i)->name);
    fputs("\"\n        case \"$last\" in\n", out);
    for (size_t i = 0; i < dgm_n_options(command); i++) {
        const dgm_option *option = dgm_option_at(command, i);
        if (!option->argument)
            continue;
        fputs("        ", out);
        if (option->letter)
            fprintf(out, "-%c|", option->letter);
        fprintf(out, "--%s) ", option->name);
        if (strcmp(option->argument, "DIR") == 0)
            fputs("COMPREPLY=($(compgen -d -- \"$word\")); return ;;\n", out);
        else if (strcmp(option->argument, "FILE") == 0)
            fputs("COMPREPLY=($(compgen -f -- \"$word\")); return ;;\n", out);
        else if (!strchr(option->argument, '|'))
            fputs("COMPREPLY=(); return ;;\n", out);
        else {
            fputs("COMPREPLY=($(compgen -W \"", out);
            for (const char *p = option->argument; *p; p++)
                fputc(*p == '|' ? ' ' : *p, out);
            fputs("\" -- \"$word\")); return ;;\n", out);
        }
    }
    fputs("        esac ;;\n", out);
}

void dgm_help_completion(const dgm_command *const *commands, size_t n, FILE *out)
{
    fputs("# bash completion of dragoman; made from the program's own tables of options.\n"
          "_dragoman()\n{\n    local word=${COMP_WORDS[COMP_CWORD]} "
          "last=${COMP_WORDS[COMP_CWORD-1]}\n"
          "    local command=${COMP_WORDS[1]} words=\n    COMPREPLY=()\n"
          "    if [ \"$COMP_CWORD\" = 1 ]; then\n        COMPREPLY=($(compgen -W \"",
          out);
    for (size_t i = 0; i < n; i++)
        fprintf(out, "%.*s ", (int)strcspn(commands[i]->name, " "), commands[i]->name);
    fputs("--help --version\" -- \"$word\"))\n        return\n    fi\n", out);
    for (size_t i = 0; i < n; i++) {
        const char *space = strchr(commands[i]->name, ' ');
        if (!space)
            continue;
        fprintf(out,
                "    if [ \"$command\" = %.*s ]; then\n        if [ \"$COMP_CWORD\" = 2 ]; then\n"
                "            COMPREPLY=($(compgen -W \"%s\" -- \"$word\"))\n            return\n"
                "        fi\n        command=\"$command ${COMP_WORDS[2]}\"\n    fi\n",
                (int)(space - commands[i]->name), commands[i]->name, space + 1);
    }
    fputs("    case \"$command\" in\n", out);
    for (size_t i = 0; i < n; i++)
        completion_words(commands[i], out);
    fputs("    esac\n    case \"$word\" in\n    -*) COMPREPLY=($(compgen -W \"$words\" -- "
          "\"$word\")) ;;\n    *) COMPREPLY=($(compgen -f -- \"$word\")) ;;\n    esac\n}\n"
          "complete -o filenames -F _dragoman dragoman\n",
          out);
}
