/** Salts are in Redis from here on, where what is deleted can be erased from the files; the file of this table goes at once. */
export const saltsElsewhere = [`DROP TABLE salts`]
