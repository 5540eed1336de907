import { createHmac } from "node:crypto";
import { SignJWT } from "jose";
import { makeSigningKey, type SigningKey } from "./signing-key.ts";

/** What can be wrong with the token of a delivery. `good` is as Microsoft makes it. */
export const TOKEN_KINDS = [
	"good",
	"missing",
	"empty",
	"not-a-token",
	"basic",
	"expired",
	"not-yet-valid",
	"far-future",
	"too-old",
	"no-exp",
	"no-nbf",
	"wrong-audience",
	"no-audience",
	"wrong-issuer",
	"wrong-key",
	"unknown-kid",
	"no-kid",
	"own-key-in-header",
	"alg-none",
	"hs256-public-key",
	"foreign-service-url",
	"no-service-url",
] as const;
export type TokenKind = (typeof TOKEN_KINDS)[number];

type Claims = Record<string, unknown>;

/** The Authorization header of a delivery; undefined for `missing`. */
export async function signDelivery(
	kind: TokenKind,
	key: SigningKey,
	app: { readonly appId: string; readonly serviceUrl: string },
	nowMs: number,
): Promise<string | undefined> {
	const now = Math.floor(nowMs / 1000);
	const good: Claims = {
		iss: "https://api.botframework.com",
		aud: app.appId,
		serviceurl: app.serviceUrl,
		nbf: now,
		exp: now + 3600,
	};
	const signed = async (claims: Claims, signer = key, header: Claims = {}) =>
		`Bearer ${await new SignJWT({ ...good, ...claims })
			.setProtectedHeader({ alg: "RS256", kid: signer.kid, typ: "JWT", ...header })
			.sign(signer.privateKey)}`;
	switch (kind) {
		case "good":
			return signed({});
		case "missing":
			return undefined;
		case "empty":
			return "Bearer ";
		case "not-a-token":
			return "Bearer abc.def";
		case "basic":
			return `Basic ${Buffer.from("ops:ops").toString("base64")}`;
		case "expired":
			return signed({ nbf: now - 7200, exp: now - 3600 });
		case "not-yet-valid":
			return signed({ nbf: now + 3600, exp: now + 7200 });
		case "far-future":
			return signed({ exp: now + 10 * 365 * 86_400 });
		case "too-old":
			return signed({ nbf: now - 40 * 86_400 });
		case "no-exp":
			return signed({ exp: undefined });
		case "no-nbf":
			return signed({ nbf: undefined });
		case "wrong-audience":
			return signed({ aud: "00000000-0000-0000-0000-00000000feed" });
		case "no-audience":
			return signed({ aud: undefined });
		case "wrong-issuer":
			return signed({ iss: "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/" });
		case "wrong-key":
			return signed({}, makeSigningKey(key.kid));
		case "unknown-kid":
			return signed({}, makeSigningKey("key-nobody-knows"));
		case "no-kid":
			return signed({}, key, { kid: undefined });
		case "own-key-in-header": {
			const own = makeSigningKey(key.kid);
			return signed({}, own, { jwk: own.jwk });
		}
		case "alg-none":
			return `Bearer ${part({ alg: "none", kid: key.kid, typ: "JWT" })}.${part(good)}.`;
		case "hs256-public-key": {
			const head = `${part({ alg: "HS256", kid: key.kid, typ: "JWT" })}.${part(good)}`;
			return `Bearer ${head}.${createHmac("sha256", key.publicPem).update(head).digest("base64url")}`;
		}
		case "foreign-service-url":
			return signed({ serviceurl: "https://smba.trafficmanager.net/elsewhere/" });
		case "no-service-url":
			return signed({ serviceurl: undefined });
	}
}

function part(value: unknown): string {
	return Buffer.from(JSON.stringify(value)).toString("base64url");
}
