/** Everything is drawn in the browser; the server only hands out one page. */
export const ssr = false;
export const prerender = false;
