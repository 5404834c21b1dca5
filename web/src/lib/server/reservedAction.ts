/**
 * Whether a form is sent to an action by the name `default`. SvelteKit keeps that name for the action without a name, and would answer
 * 500; it is as unknown as any other name.
 */
export const namesDefaultAction = (search: URLSearchParams): boolean => [...search.keys()].find((key) => key.startsWith("/")) === "/default"
