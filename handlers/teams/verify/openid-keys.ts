import { importJWK } from "jose";
import { z } from "zod";
import { AppError } from "../../../src/domain/errors.ts";
import type { Clock } from "../../../src/ports/clock.ts";
import type { Logger } from "../../../src/ports/logger.ts";
import { fetchJson } from "./fetch-json.ts";

/** A key that signs tokens, and the channels it is good for. */
type SigningKey = {
	readonly key: Awaited<ReturnType<typeof importJWK>>;
	readonly endorsements: readonly string[];
};

/** The keys a token may be signed with. */
export type OpenIdKeys = {
	/** The key of an id; undefined where there is none. AppError `unavailable` when no keys could be had at all. */
	find(keyId: string): Promise<SigningKey | undefined>;
};

export type OpenIdKeysOptions = {
	/** The OpenID metadata; its keys must be on the same host. */
	readonly url: string;
	readonly clock: Clock;
	readonly logger: Logger;
	/** How long one page may take; default 5,000. */
	readonly timeoutMs?: number;
};

const Metadata = z.object({ jwks_uri: z.url() });
const Key = z.object({
	kty: z.literal("RSA"),
	kid: z.string(),
	n: z.string(),
	e: z.string(),
	use: z.literal("sig").optional(),
	endorsements: z.array(z.string()).default([]),
});
const KeySet = z.object({ keys: z.array(z.unknown()).max(1000) });

const FRESH_MS = 24 * 3600_000;
const BETWEEN_FETCHES_MS = 60_000;
const BETWEEN_FAILURES_MS = 2000;

/**
 * Keys from the OpenID pages, kept for a day. A key id that is not among them makes them be fetched again, at most once
 * a minute; when that fails the known keys stay in use.
 */
export function openIdKeys({ url, clock, logger, timeoutMs = 5000 }: OpenIdKeysOptions): OpenIdKeys {
	let keys: ReadonlyMap<string, SigningKey> | undefined;
	let fetchedAtMs = Number.NEGATIVE_INFINITY;
	let triedAtMs = Number.NEGATIVE_INFINITY;
	let running: Promise<void> | undefined;

	const load = async () => {
		triedAtMs = clock.now();
		try {
			keys = await fetchKeys(url, timeoutMs);
			fetchedAtMs = clock.now();
		} catch (error) {
			logger.warn("the keys of the Bot Connector could not be fetched", { url, error });
		}
	};
	const refresh = () => {
		running ??= load().finally(() => {
			running = undefined;
		});
		return running;
	};
	return {
		async find(keyId) {
			const nowMs = clock.now();
			const wait = keys ? BETWEEN_FETCHES_MS : BETWEEN_FAILURES_MS;
			const wanted = !keys?.has(keyId) || nowMs - fetchedAtMs > FRESH_MS;
			if (wanted && (running || nowMs - triedAtMs >= wait)) await refresh();
			if (!keys)
				throw new AppError(
					"unavailable",
					"Nothing from Teams can be checked now; send it again in a moment.",
					{
						retryAfterSeconds: 2,
						detail: `no signing keys could be fetched from ${url}`,
					},
				);
			return keys.get(keyId);
		},
	};
}

async function fetchKeys(url: string, timeoutMs: number): Promise<ReadonlyMap<string, SigningKey>> {
	const metadata = Metadata.parse(await fetchJson(url, timeoutMs));
	const keysUrl = new URL(metadata.jwks_uri);
	const { protocol, host } = new URL(url);
	if (keysUrl.host !== host || keysUrl.protocol !== protocol)
		throw new Error(`the keys are on another host than the metadata: ${keysUrl.host}`);
	const { keys } = KeySet.parse(await fetchJson(keysUrl.href, timeoutMs));
	const found = new Map<string, SigningKey>();
	for (const entry of keys) {
		const key = Key.safeParse(entry);
		if (!key.success) continue;
		const { kid, n, e, endorsements } = key.data;
		found.set(kid, { key: await importJWK({ kty: "RSA", n, e }, "RS256"), endorsements });
	}
	if (found.size === 0) throw new Error("the page of keys holds none that can be used");
	return found;
}
