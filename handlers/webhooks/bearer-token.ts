import { createHash, timingSafeEqual } from "node:crypto";

/** Whether an Authorization header carries this token; takes as long for a wrong one as for the right one. */
export function carriesToken(header: string | undefined, token: string): boolean {
	const given = /^Bearer +(\S{1,4096}) *$/i.exec(header ?? "")?.[1];
	return timingSafeEqual(digestOf(given ?? ""), digestOf(token)) && given !== undefined;
}

function digestOf(text: string): Buffer {
	return createHash("sha256").update(text).digest();
}
