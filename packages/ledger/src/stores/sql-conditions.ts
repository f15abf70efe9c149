/** Purchases that the rule `isHeld` names, in SQL. */
export const IS_HELD = "state IN ('reserved', 'signed', 'sent')"

/** Purchases that the rule `holdsName` names, in SQL: those that settled or still may. */
export const MAY_HAVE_PAID = "state NOT IN ('dead', 'released')"
/** Its caller waits for an answer, or got none. */
export const IS_UNANSWERED = "state = 'settled' AND call <> 'answered'"
