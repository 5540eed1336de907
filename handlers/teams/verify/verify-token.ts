import { errors, type JWTVerifyResult, jwtVerify } from "jose";
import { z } from "zod";
import type { Clock } from "../../../src/ports/clock.ts";
import { type RefusalCode, RefusedDelivery } from "../intake/refused-delivery.ts";
import type { OpenIdKeys } from "./openid-keys.ts";

export type VerifyTokenDeps = {
	readonly appId: string;
	readonly keys: OpenIdKeys;
	readonly clock: Clock;
};

/** What a good token says about its delivery. */
export type VerifiedToken = {
	readonly serviceUrl: string;
	/** The channels that the signing key is good for. */
	readonly endorsements: readonly string[];
};

const ISSUER = "https://api.botframework.com";
const TOLERANCE_SECONDS = 300;
/** Microsoft's tokens live for an hour; a longer life than a day is not theirs. */
const LONGEST_LIFE_SECONDS = 24 * 3600;
const LONGEST_TOKEN = 16_384;
const Claims = z.object({ exp: z.number(), nbf: z.number(), serviceurl: z.string().min(1) });

/**
 * Checks the Authorization header of a delivery, after Microsoft's rules for connectors: signed with RS256 by a
 * published key, from the Bot Connector, for this app, inside its time with five minutes of tolerance.
 * @throws RefusedDelivery; AppError `unavailable` when there are no keys to check with
 */
export async function verifyToken(
	deps: VerifyTokenDeps,
	authorization: string | undefined,
): Promise<VerifiedToken> {
	const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]*)$/i.exec(authorization ?? "")?.[1];
	if (token === undefined || token.length > LONGEST_TOKEN)
		throw authorization === undefined
			? new RefusedDelivery("token_missing", "no Authorization header")
			: new RefusedDelivery("token_malformed", "the Authorization header holds no bearer token");
	let endorsements: readonly string[] = [];
	const verified = await verify(token, deps, (found) => {
		endorsements = found;
	});
	const claims = Claims.safeParse(verified.payload);
	if (!claims.success) throw new RefusedDelivery("token_claim_missing", z.prettifyError(claims.error));
	const { exp, nbf, serviceurl } = claims.data;
	if (exp - nbf > LONGEST_LIFE_SECONDS)
		throw new RefusedDelivery("token_lifetime", `the token is valid for ${exp - nbf} s`);
	return { serviceUrl: serviceurl, endorsements };
}

async function verify(
	token: string,
	{ appId, keys, clock }: VerifyTokenDeps,
	endorse: (endorsements: readonly string[]) => void,
): Promise<JWTVerifyResult> {
	try {
		return await jwtVerify(
			token,
			async ({ kid }) => {
				const found = kid === undefined ? undefined : await keys.find(kid);
				if (!found)
					throw new RefusedDelivery("token_key_unknown", `no published key has the id ${kid ?? "(none)"}`);
				endorse(found.endorsements);
				return found.key;
			},
			{
				algorithms: ["RS256"],
				issuer: ISSUER,
				audience: appId,
				clockTolerance: TOLERANCE_SECONDS,
				currentDate: new Date(clock.now()),
				requiredClaims: ["exp", "nbf", "serviceurl"],
			},
		);
	} catch (error) {
		if (error instanceof errors.JOSEError) throw new RefusedDelivery(refusalOf(error), error.message);
		throw error;
	}
}

const BY_CLAIM: Readonly<Record<string, RefusalCode>> = {
	aud: "token_audience",
	iss: "token_issuer",
	nbf: "token_not_yet_valid",
};

function refusalOf(error: errors.JOSEError): RefusalCode {
	if (error instanceof errors.JWTExpired) return "token_expired";
	if (error instanceof errors.JWTClaimValidationFailed)
		return error.reason === "missing" ? "token_claim_missing" : (BY_CLAIM[error.claim] ?? "token_malformed");
	if (error instanceof errors.JWSSignatureVerificationFailed) return "token_signature";
	if (error instanceof errors.JOSEAlgNotAllowed) return "token_algorithm";
	return "token_malformed";
}
