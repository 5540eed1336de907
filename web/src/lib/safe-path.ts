const HERE = "http://console.invalid";

/** The path to go to after signing in: one of this console's own, else "/". Nothing may lead to another host. */
export function safePath(path: string | null): string {
	if (!path?.startsWith("/") || !URL.canParse(path, HERE)) return "/";
	const url = new URL(path, HERE);
	return url.origin === HERE ? `${url.pathname}${url.search}${url.hash}` : "/";
}
