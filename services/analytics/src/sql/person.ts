/** Who did it: the one expression for a person, in events and in sessions. Whoever is not identified is their visitor. */
export const PERSON = "person_id"
