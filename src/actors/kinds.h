/* kinds.h - what the kinds of phrases ask of each other and offer to resolve(). Each file uses only
 * those above it here. Private to the room. */
#ifndef DGM_ACTORS_KINDS_H
#define DGM_ACTORS_KINDS_H

#include "actors/reading.h"

/* ---- setting.c ---- */
/* Before and after a sentence's phrases are resolved. */
void actors_turn_to_place(reading *r);
void actors_keep_setting(reading *r);
/* The state of the place that the paragraph has turned to before this phrase; NULL: none. */
const char *actors_setting_of(reading *r, const phrase *p);

/* ---- origin.c ---- */
/* The state whose a role is by the place that the paragraph has turned to; NULL: none. */
const char *actors_country_set(reading *r, const phrase *p);
/* "Gambian fishermen urged the government": whether it is that of the people who turn to it. */
bool actors_is_of_people(reading *r, const phrase *p, char out[4]);
/* The country of a role or title that does not name it; "" : not clear. */
void open_country(reading *r, const phrase *p, char out[4]);
/* Whether somebody whose state nobody says is dealt with by that of his own; then it goes to out.
 */
bool actors_is_ruled(reading *r, const phrase *p, char out[4]);
/* "Pakistan's cabinet ordered the army to fire", "gave the army permission to": a force that obeys
 * is of the state whose office tells it what it may do. */
bool actors_country_of_commander(reading *r, const phrase *p, char out[4]);
/* "Two drones struck the base": nothing says whose they are. "Army drones" are the army's. */
bool actors_is_mere_weapon(const reading *r, const phrase *p);
/* "The coalition bombed a town", "attacks on coalition bases": of armies, of several states; else
 * one is of parties. */
bool actors_is_coalition_of_arms(const reading *r, const phrase *p);
/* Whether the role held may be called as asked: "minister" is the end of "foreign minister". */
bool role_fits(dgm_view held, dgm_view asked);

/* ---- vessels.c ---- */
/* The country of the vessel at that word or, where its flag is not said there, of the only one
 * whose flag the sentences before tell. */
bool country_of_vessel(reading *r, uint32_t word, char out[4]);
/* Whether the role is one of a vessel's crew, owners or passengers whose flag the story has told.
 */
bool is_of_vessel(reading *r, const phrase *p, char out[4]);
/* "Seized a trawler and arrested its captain": the vessel last spoken of or said to be theirs is
 * none of a navy, and who commands it no soldier. */
bool actors_is_civil_captain(reading *r, const phrase *p, bool of_vessel);

/* ---- bodies.c ---- */
/* Cuts the next code off a body's list of members; false: none is left. */
bool next_member(dgm_view *rest, char code[4]);
/* The entity of a body of the tables. */
uint32_t body_entity(reading *r, const fact *f, const char *country, uint32_t word);
/* "The opposition UPND ... UPND leader X": whoever is of a party that the story has called so is of
 * the opposition. */
void actors_oppose_with(const reading *r, uint32_t body, char sector[4]);
void resolve_org(reading *r, uint32_t i);

/* ---- codes.c ---- */
/* Codes as they are put together for one role or person. */
typedef struct {
    char country[4], sector[4];
    char others[DGM_MAX_SECTORS][4];
    uint8_t n_others;
} codes;

codes codes_of(const phrase *p);
void make_former(codes *c);
/* Whether the role takes its sector from whom it serves. */
bool is_flexible(const phrase *p);
/* Of parties or of armies. */
bool actors_is_coalition(const phrase *p);
/* Rebels and militias, whose fighters are what they are. */
bool actors_is_armed_group(const char *sector);
/* The army or the police of a state. */
bool actors_is_state_force(const char *sector);
/* "An ally of Iran", "its neighbours": those of a state are other states. */
bool actors_is_of_others(reading *r, const phrase *p);
/* The one who is served, headed by word, gives a country, and a sector where the role has none. */
void serve(reading *r, const phrase *p, uint32_t word, codes *c);

/* ---- roles.c ---- */
void resolve_role(reading *r, uint32_t i);
/* The phrase becomes those who hold its role for each of these owners. */
void actors_resolve_role_of_each(reading *r, uint32_t i, const uint32_t *owners, uint32_t n);

/* ---- persons.c ---- */
void resolve_person(reading *r, uint32_t i);

/* ---- names.c ---- */
void resolve_country(reading *r, uint32_t i);
void resolve_capital(reading *r, uint32_t i);
void resolve_region(reading *r, uint32_t i);
void resolve_people(reading *r, uint32_t i);
void resolve_unknown(reading *r, uint32_t i);

/* ---- speaker.c ---- */
void find_publisher(reading *r); /* before the first sentence */
void resolve_first_person(reading *r, uint32_t i);
/* The mention of whoever says the quoted word; DGM_NONE. */
uint32_t actors_speaker_of(reading *r, uint32_t word);

/* ---- coref.c ---- */
enum { MAX_UP = 12, MAX_BACK = 3 }; /* steps up a tree, sentences back */
void resolve_pronoun(reading *r, uint32_t i);

/* ---- one_of_two.c ---- */
/* False: the phrase is neither "the former" nor "the latter". */
bool actors_resolve_one_of_two(reading *r, uint32_t i);

/* ---- definite.c ---- */
void resolve_set(reading *r, uint32_t i);
void actors_resolve_any_role(reading *r, uint32_t i); /* also "the ministers" of two states */
void resolve_common(reading *r, uint32_t i);
void note_pair(reading *r); /* after a sentence: the two that fight or talk in it */

/* ---- apposition.c ---- */
bool resolve_by_another(reading *r, uint32_t i);

/* ---- kinds.c ---- */
extern const resolve_rules rules_of_kinds;

#endif
