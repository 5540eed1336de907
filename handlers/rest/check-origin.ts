import { AppError } from "../../src/domain/errors.ts";
import { csrfTokenOf, equalSecrets } from "./secrets.ts";

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Where the server listens and under which address people know it. */
export type OwnAddress = { readonly host: string; readonly publicUrl?: URL | undefined };

/** The name of a Host header without its port, in lower case; undefined where the header has no valid form. */
function hostName(header: string | undefined): string | undefined {
	const match = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/i.exec(header ?? "");
	return match?.[1]?.toLowerCase().replace(/\.$/, "");
}

/** Whether an address to listen on is reachable from this machine only. */
function isLoopback(host: string): boolean {
	return LOOPBACK.has(host) || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);
}

/**
 * Refuses (AppError `forbidden`) a Host header that is not ours while the server listens on loopback only: another site's
 * name that was pointed at this machine (DNS rebinding) would otherwise make its pages same-origin with ours.
 */
export function checkHost(own: OwnAddress, header: string | undefined): void {
	const name = hostName(header);
	if (name !== undefined) {
		if (!isLoopback(own.host)) return;
		if (LOOPBACK.has(name) || name === own.publicUrl?.hostname || name === own.host) return;
	}
	throw new AppError(
		"forbidden",
		"This host name is not served here; open the address printed at start, or set PUBLIC_URL.",
	);
}

/** Whether an Origin header names a page of ours. */
function isOwnOrigin(own: OwnAddress, origin: string, host: string | undefined): boolean {
	if (origin === own.publicUrl?.origin) return true;
	const url = URL.parse(origin);
	if (!url || url.origin !== origin) return false;
	return url.host === (host ?? "").toLowerCase() && /^https?:$/.test(url.protocol);
}

/** What a browser says about where a request comes from. */
export type Provenance = {
	readonly origin: string | undefined;
	readonly fetchSite: string | undefined;
	readonly host: string | undefined;
	readonly csrfToken: string | undefined;
};

/** Refuses (AppError `forbidden`) a change asked for by another site's page. */
export function checkOrigin(own: OwnAddress, from: Provenance): void {
	const foreign =
		from.fetchSite !== undefined && from.fetchSite !== "same-origin" && from.fetchSite !== "none";
	if (foreign || (from.origin !== undefined && !isOwnOrigin(own, from.origin, from.host)))
		throw new AppError("forbidden", "This request comes from another site; do it in the console itself.");
}

/** Refuses (AppError `forbidden`) a change by cookie that does not show our origin and the session's own token. */
export function checkCsrf(own: OwnAddress, from: Provenance, sessionSecret: string): void {
	checkOrigin(own, from);
	const token = from.csrfToken ?? "";
	if (from.origin === undefined || !equalSecrets(token, csrfTokenOf(sessionSecret)))
		throw new AppError(
			"forbidden",
			"This request lacks the token of its session; reload the page and try again.",
		);
}
