import type { Identity } from "./actor.ts";

/** An identity as people write it: `slack:T1:U1`. User ids may hold colons, as those of Teams do. */
export function identityText({ platform, tenant, userId }: Identity): string {
	return `${platform}:${tenant}:${userId}`;
}

/** The identity of such a text; undefined where it is none. */
export function parseIdentity(text: string): Identity | undefined {
	const [, platform, tenant, userId] = /^([a-z][a-z-]{0,30}):([^:\s]{1,100}):(\S{1,200})$/.exec(text) ?? [];
	return platform && tenant && userId ? { platform, tenant, userId } : undefined;
}
