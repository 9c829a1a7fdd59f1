/* What each kind of phrase does to find out who is meant. */
#include "actors/kinds.h"

const resolve_rules rules_of_kinds = { .by_another = resolve_by_another,
                                       .of_kind = { [PHRASE_COUNTRY] = resolve_country,
                                                    [PHRASE_CAPITAL] = resolve_capital,
                                                    [PHRASE_REGION] = resolve_region,
                                                    [PHRASE_PEOPLE] = resolve_people,
                                                    [PHRASE_ORG] = resolve_org,
                                                    [PHRASE_PERSON] = resolve_person,
                                                    [PHRASE_ROLE] = actors_resolve_any_role,
                                                    [PHRASE_UNKNOWN] = resolve_unknown,
                                                    [PHRASE_PRONOUN] = resolve_pronoun,
                                                    [PHRASE_SET] = resolve_set,
                                                    [PHRASE_COMMON] = resolve_common } };
