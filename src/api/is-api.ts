/** Whether a request is for programs: /api and what is below it, whatever its query says. */
export const isApi = (url: string): boolean => /^\/api(?:[/?]|$)/.test(url);
