import { AppError } from "../../../src/domain/errors.ts";

/** Why a delivery is not believed; metrics and log searches go by these words. */
export type RefusalCode =
	| "token_missing"
	| "token_malformed"
	| "token_algorithm"
	| "token_key_unknown"
	| "token_signature"
	| "token_expired"
	| "token_not_yet_valid"
	| "token_lifetime"
	| "token_audience"
	| "token_issuer"
	| "token_claim_missing"
	| "service_url_not_allowed"
	| "service_url_mismatch"
	| "channel_not_endorsed"
	| "tenant_not_allowed";

/** A delivery that is turned away: 401, or 403 for a tenant that is not on the list. The sender learns no reason. */
export class RefusedDelivery extends AppError {
	readonly refusal: RefusalCode;

	constructor(refusal: RefusalCode, detail: string) {
		if (refusal === "tenant_not_allowed")
			super("forbidden", "People of this organisation may not speak to this bot.", { detail });
		else
			super("unauthenticated", "The delivery does not prove that it comes from the Bot Connector.", {
				detail,
			});
		this.refusal = refusal;
	}
}
