/* iconv() for a program that stands alone: glibc's reads its converters from the machine, and a
 * static program cannot. The encodings here are UTF-8, UTF-16, ASCII, Latin-1 and those of one byte
 * a character in which European pages are written, each from or to UTF-8. Which characters they
 * have is what glibc says. Built with -Diconv=own, in the place of libc's functions. */
#include "base/base.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

enum { LONGEST = 20 };
enum { UTF8, UTF16LE, UTF16BE, ASCII, LATIN1, N_SIMPLE };

/* clang-format off */
static const char *const simple[] = { "UTF8", "UTF16LE", "UTF16BE", "USASCII", "ISO88591" };

/* Other names that pages use. */
static const char *const same[][2] = {
    { "ASCII", "USASCII" },      { "LATIN1", "ISO88591" },    { "L1", "ISO88591" },
    { "LATIN2", "ISO88592" },    { "LATIN5", "ISO88599" },    { "LATIN9", "ISO885915" },
    { "CP1250", "WINDOWS1250" }, { "CP1251", "WINDOWS1251" }, { "CP1252", "WINDOWS1252" },
    { "CP1253", "WINDOWS1253" }, { "CP1254", "WINDOWS1254" }, { "CP1257", "WINDOWS1257" },
    { "MAC", "MACINTOSH" },
};

/* Of one byte a character: what the bytes from `from` on stand for, in UTF-8; those before it are
 * their own numbers, and ? is nothing. */
static const struct {
    const char *name;
    unsigned char from;
    const char *characters;
} tables[] = {
    { "WINDOWS1250", 0x80,
      "€?‚?„…†‡?‰Š‹ŚŤŽŹ?‘’“”•–—?™š›śťžź\302\240ˇ˘Ł¤Ą¦§¨©Ş«¬\302\255®Ż°±˛ł´µ¶·¸ąş»Ľ˝ľżŔÁÂĂÄĹ"
      "ĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢßŕáâăäĺćçčéęëěíîďđńňóôőö÷řůúűüýţ˙" },
    { "WINDOWS1251", 0x80,
      "ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—?™љ›њќћџ\302\240ЎўЈ¤Ґ¦§Ё©Є«¬\302\255®Ї°±Ііґµ¶·ё№є»јЅѕїАБВГДЕ"
      "ЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя" },
    { "WINDOWS1252", 0x80,
      "€?‚ƒ„…†‡ˆ‰Š‹Œ?Ž??‘’“”•–—˜™š›œ?žŸ\302\240¡¢£¤¥¦§¨©ª«¬\302\255®¯°±²³´µ¶·¸¹º»¼½¾¿ÀÁÂÃÄÅ"
      "ÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ" },
    { "WINDOWS1253", 0x80,
      "€?‚ƒ„…†‡?‰?‹?????‘’“”•–—?™?›????\302\240΅Ά£¤¥¦§¨©?«¬\302\255®―°±²³΄µ¶·ΈΉΊ»Ό½ΎΏΐΑΒΓΔΕ"
      "ΖΗΘΙΚΛΜΝΞΟΠΡ?ΣΤΥΦΧΨΩΪΫάέήίΰαβγδεζηθικλμνξοπρςστυφχψωϊϋόύώ?" },
    { "WINDOWS1254", 0x80,
      "€?‚ƒ„…†‡ˆ‰Š‹Œ????‘’“”•–—˜™š›œ??Ÿ\302\240¡¢£¤¥¦§¨©ª«¬\302\255®¯°±²³´µ¶·¸¹º»¼½¾¿ÀÁÂÃÄÅ"
      "ÆÇÈÉÊËÌÍÎÏĞÑÒÓÔÕÖ×ØÙÚÛÜİŞßàáâãäåæçèéêëìíîïğñòóôõö÷øùúûüışÿ" },
    { "WINDOWS1257", 0x80,
      "€?‚?„…†‡?‰?‹?¨ˇ¸?‘’“”•–—?™?›?¯˛?\302\240?¢£¤?¦§Ø©Ŗ«¬\302\255®Æ°±²³´µ¶·ø¹ŗ»¼½¾æĄĮĀĆÄÅ"
      "ĘĒČÉŹĖĢĶĪĻŠŃŅÓŌÕÖ×ŲŁŚŪÜŻŽßąįāćäåęēčéźėģķīļšńņóōõö÷ųłśūüżž˙" },
    { "ISO88592", 0xA0,
      "\302\240Ą˘Ł¤ĽŚ§¨ŠŞŤŹ\302\255ŽŻ°ą˛ł´ľśˇ¸šşťź˝žżŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢßŕáâăäĺ"
      "ćçčéęëěíîďđńňóôőö÷řůúűüýţ˙" },
    { "ISO88593", 0xA0,
      "\302\240Ħ˘£¤?Ĥ§¨İŞĞĴ\302\255?Ż°ħ²³´µĥ·¸ışğĵ½?żÀÁÂ?ÄĊĈÇÈÉÊËÌÍÎÏ?ÑÒÓÔĠÖ×ĜÙÚÛÜŬŜßàáâ?äċ"
      "ĉçèéêëìíîï?ñòóôġö÷ĝùúûüŭŝ˙" },
    { "ISO88594", 0xA0,
      "\302\240ĄĸŖ¤ĨĻ§¨ŠĒĢŦ\302\255Ž¯°ą˛ŗ´ĩļˇ¸šēģŧŊžŋĀÁÂÃÄÅÆĮČÉĘËĖÍÎĪĐŅŌĶÔÕÖ×ØŲÚÛÜŨŪßāáâãäå"
      "æįčéęëėíîīđņōķôõö÷øųúûüũū˙" },
    { "ISO88595", 0xA0,
      "\302\240ЁЂЃЄЅІЇЈЉЊЋЌ\302\255ЎЏАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфх"
      "цчшщъыьэюя№ёђѓєѕіїјљњћќ§ўџ" },
    { "ISO88597", 0xA0,
      "\302\240‘’£€₯¦§¨©ͺ«¬\302\255?―°±²³΄΅Ά·ΈΉΊ»Ό½ΎΏΐΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡ?ΣΤΥΦΧΨΩΪΫάέήίΰαβγδε"
      "ζηθικλμνξοπρςστυφχψωϊϋόύώ?" },
    { "ISO88599", 0xA0,
      "\302\240¡¢£¤¥¦§¨©ª«¬\302\255®¯°±²³´µ¶·¸¹º»¼½¾¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏĞÑÒÓÔÕÖ×ØÙÚÛÜİŞßàáâãäå"
      "æçèéêëìíîïğñòóôõö÷øùúûüışÿ" },
    { "ISO885910", 0xA0,
      "\302\240ĄĒĢĪĨĶ§ĻĐŠŦŽ\302\255ŪŊ°ąēģīĩķ·ļđšŧž―ūŋĀÁÂÃÄÅÆĮČÉĘËĖÍÎÏÐŅŌÓÔÕÖŨØŲÚÛÜÝÞßāáâãäå"
      "æįčéęëėíîïðņōóôõöũøųúûüýþĸ" },
    { "ISO885913", 0xA0,
      "\302\240”¢£¤„¦§Ø©Ŗ«¬\302\255®Æ°±²³“µ¶·ø¹ŗ»¼½¾æĄĮĀĆÄÅĘĒČÉŹĖĢĶĪĻŠŃŅÓŌÕÖ×ŲŁŚŪÜŻŽßąįāćäå"
      "ęēčéźėģķīļšńņóōõö÷ųłśūüżž’" },
    { "ISO885914", 0xA0,
      "\302\240Ḃḃ£ĊċḊ§Ẁ©ẂḋỲ\302\255®ŸḞḟĠġṀṁ¶ṖẁṗẃṠỳẄẅṡÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏŴÑÒÓÔÕÖṪØÙÚÛÜÝŶßàáâãäå"
      "æçèéêëìíîïŵñòóôõöṫøùúûüýŷÿ" },
    { "ISO885915", 0xA0,
      "\302\240¡¢£€¥Š§š©ª«¬\302\255®¯°±²³Žµ¶·ž¹º»ŒœŸ¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäå"
      "æçèéêëìíîïðñòóôõö÷øùúûüýþÿ" },
    { "ISO885916", 0xA0,
      "\302\240ĄąŁ€„Š§š©Ș«Ź\302\255źŻ°±ČłŽ”¶·žčș»ŒœŸżÀÁÂĂÄĆÆÇÈÉÊËÌÍÎÏĐŃÒÓÔŐÖŚŰÙÚÛÜĘȚßàáâăäć"
      "æçèéêëìíîïđńòóôőöśűùúûüęțÿ" },
    { "KOI8R", 0x80,
      "─│┌┐└┘├┤┬┴┼▀▄█▌▐░▒▓⌠■∙√≈≤≥\302\240⌡°²·÷═║╒ё╓╔╕╖╗╘╙╚╛╜╝╞╟╠╡Ё╢╣╤╥╦╧╨╩╪╫╬©юабцдефгхийкл"
      "мнопярстужвьызшэщчъЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪ" },
    { "KOI8U", 0x80,
      "─│┌┐└┘├┤┬┴┼▀▄█▌▐░▒▓⌠■∙√≈≤≥\302\240⌡°²·÷═║╒ёє╔ії╗╘╙╚╛ґ╝╞╟╠╡ЁЄ╣ІЇ╦╧╨╩╪Ґ╬©юабцдефгхийкл"
      "мнопярстужвьызшэщчъЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪ" },
    { "MACINTOSH", 0x80,
      "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈Δ«»…\302\240ÀÃ"
      "ÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\356\200\236ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ" },
};
/* clang-format on */

/* ---- names ---------------------------------------------------------------------------------- */

/* Capitals and digits alone: "iso-8859-15//TRANSLIT" is ISO885915. */
static void normalise(const char *name, char out[LONGEST])
{
    size_t n = 0;
    for (; *name && *name != '/' && n + 1 < LONGEST; name++) {
        unsigned char c = (unsigned char)*name;
        if (dgm_is_alpha(c) || dgm_is_digit(c))
            out[n++] = (char)(c >= 'a' && c <= 'z' ? c - 32 : c);
    }
    out[n] = 0;
    for (size_t i = 0; i < DGM_LEN(same); i++) {
        if (strcmp(out, same[i][0]) == 0)
            snprintf(out, LONGEST, "%s", same[i][1]);
    }
}

static uint32_t find(const char *label)
{
    char name[LONGEST];
    normalise(label, name);
    for (uint32_t i = 0; i < N_SIMPLE; i++) {
        if (strcmp(simple[i], name) == 0)
            return i;
    }
    for (uint32_t i = 0; i < DGM_LEN(tables); i++) {
        if (strcmp(tables[i].name, name) == 0)
            return N_SIMPLE + i;
    }
    return DGM_NONE;
}

/* A converter is the numbers of both encodings; it has no state, for the byte order is named. */
iconv_t iconv_open(const char *to, const char *from)
{
    uint32_t i_to = find(to), i_from = find(from);
    if (i_to == DGM_NONE || i_from == DGM_NONE) {
        errno = EINVAL;
        return (iconv_t)-1;
    }
    return (iconv_t)(uintptr_t)(i_to << 8 | i_from);
}

int iconv_close(iconv_t how)
{
    (void)how;
    return 0;
}

/* ---- characters ----------------------------------------------------------------------------- */

/* What a byte stands for in a table; DGM_NONE: nothing. */
static uint32_t in_table(uint32_t i_table, unsigned char byte)
{
    const char *p = tables[i_table].characters;
    uint32_t cp = byte;
    if (byte < tables[i_table].from)
        return cp;
    for (uint32_t i = tables[i_table].from; i <= byte; i++)
        p += dgm_utf8_next(p, strlen(p), &cp);
    return cp == '?' ? DGM_NONE : cp;
}

static size_t next_utf16(const unsigned char *p, size_t n, bool big, uint32_t *cp)
{
    if (n < 2)
        return 0;
    *cp = big ? (uint32_t)p[0] << 8 | p[1] : (uint32_t)p[1] << 8 | p[0];
    if (*cp < 0xD800 || *cp > 0xDFFF)
        return 2;
    if (n < 4)
        return 0;
    uint32_t low = big ? (uint32_t)p[2] << 8 | p[3] : (uint32_t)p[3] << 8 | p[2];
    bool pair = *cp < 0xDC00 && low >= 0xDC00 && low <= 0xDFFF;
    *cp = pair ? 0x10000 + ((*cp - 0xD800) << 10) + (low - 0xDC00) : DGM_NONE;
    return 4;
}

/* Takes one character; 0: its bytes are not all there. cp is DGM_NONE where they are no character.
 */
static size_t next(uint32_t encoding, const char *p, size_t n, uint32_t *cp)
{
    unsigned char byte = (unsigned char)*p;
    if (encoding == UTF16LE || encoding == UTF16BE)
        return next_utf16((const unsigned char *)p, n, encoding == UTF16BE, cp);
    if (encoding == UTF8) {
        size_t step = dgm_utf8_next(p, n, cp);
        if (*cp == 0xFFFD && dgm_utf8_invalid((dgm_view) { p, step }) != SIZE_MAX)
            *cp = DGM_NONE;
        return step;
    }
    *cp = encoding >= N_SIMPLE              ? in_table(encoding - N_SIMPLE, byte)
          : encoding == ASCII && byte > 127 ? DGM_NONE
                                            : byte;
    return 1;
}

/* Writes one character, at most 4 bytes; 0: the encoding has none such. */
static size_t put(uint32_t encoding, uint32_t cp, char out[4])
{
    if (encoding == UTF8)
        return dgm_utf8_put(cp, out);
    if (encoding < ASCII)
        return 0; /* nobody here writes UTF-16 */
    if (encoding < N_SIMPLE) {
        out[0] = (char)cp;
        return cp < (encoding == ASCII ? 128u : 256u);
    }
    for (uint32_t byte = 0; byte < 256; byte++) {
        out[0] = (char)byte;
        if (in_table(encoding - N_SIMPLE, (unsigned char)byte) == cp)
            return 1;
    }
    return 0;
}

size_t iconv(iconv_t how, char **from, size_t *n_from, char **to, size_t *n_to)
{
    uint32_t i_to = (uint32_t)(uintptr_t)how >> 8, i_from = (uint32_t)(uintptr_t)how & 255;
    while (from && *from && *n_from > 0) {
        uint32_t cp = DGM_NONE;
        char bytes[4];
        size_t step = next(i_from, *from, *n_from, &cp);
        size_t n = step > 0 && cp != DGM_NONE ? put(i_to, cp, bytes) : 0;
        errno = step == 0 ? EINVAL : n == 0 ? EILSEQ : E2BIG;
        if (n == 0 || n > *n_to)
            return (size_t)-1;
        memcpy(*to, bytes, n);
        *to += n;
        *n_to -= n;
        *from += step;
        *n_from -= step;
    }
    return 0;
}
