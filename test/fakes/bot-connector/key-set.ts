import type { Answer } from "./http-answer.ts";
import { makeSigningKey, type SigningKey } from "./signing-key.ts";

/** What the OpenID pages do instead of answering. */
type KeySetFault = "hang" | "error" | "redirect" | "not-json";

/** The signing keys of the Bot Connector and the two pages that publish them. */
export type KeySet = {
	/** What tokens are signed with now. */
	current(): SigningKey;
	/** A new key signs from now on; the old one stays published unless it is dropped. */
	rotate(options?: { readonly dropOld?: boolean }): SigningKey;
	/** Publishes another key under the current key's id, so that good tokens do not fit. */
	serveWrongKey(): void;
	/** The channels that the published keys are good for. */
	endorse(channels: readonly string[]): void;
	/** Sends readers of the metadata to another address for the keys. */
	pointKeysAt(url: string | undefined): void;
	fault(kind: KeySetFault | undefined): void;
	readonly fetches: { readonly metadata: number; readonly keys: number };
	metadata(base: string): Answer;
	keys(): Answer;
};

/** Makes a key set with one key, endorsed for msteams. */
export function makeKeySet(): KeySet {
	let generation = 1;
	let current = makeSigningKey("key-1");
	let published: readonly SigningKey[] = [current];
	let endorsements: readonly string[] = ["msteams", "webchat"];
	let keysUrl: string | undefined;
	let broken: KeySetFault | undefined;
	const fetches = { metadata: 0, keys: 0 };
	const answer = (body: unknown): Answer => {
		if (broken === "hang") return "hang";
		if (broken === "error") return { status: 503, body: { message: "The page is not there." } };
		if (broken === "redirect") return { status: 302, headers: { location: "http://127.0.0.1:9/elsewhere" } };
		if (broken === "not-json") return { status: 200, body: "<html>a login page</html>" };
		return { status: 200, body };
	};
	return {
		current: () => current,
		rotate({ dropOld = false } = {}) {
			generation += 1;
			current = makeSigningKey(`key-${generation}`);
			published = dropOld ? [current] : [...published, current];
			return current;
		},
		serveWrongKey() {
			published = [makeSigningKey(current.kid)];
		},
		endorse(channels) {
			endorsements = channels;
		},
		pointKeysAt(url) {
			keysUrl = url;
		},
		fault(kind) {
			broken = kind;
		},
		fetches,
		metadata(base) {
			fetches.metadata += 1;
			return answer({
				issuer: "https://api.botframework.com",
				authorization_endpoint: "https://invalid.botframework.com",
				jwks_uri: keysUrl ?? `${base}/v1/.well-known/keys`,
				id_token_signing_alg_values_supported: ["RS256"],
				token_endpoint_auth_methods_supported: ["private_key_jwt"],
			});
		},
		keys() {
			fetches.keys += 1;
			return answer({ keys: published.map((key) => ({ ...key.jwk, endorsements })) });
		},
	};
}
