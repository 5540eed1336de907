import { SignJWT } from "jose";
import type { Answer } from "./http-answer.ts";
import type { SigningKey } from "./signing-key.ts";

/** The app registration that the login page knows. */
export type AppRegistration = {
	readonly appId: string;
	readonly appPassword: string;
	readonly tenant: string;
};

const SCOPE = "https://api.botframework.com/.default";

/** Plays `/<tenant>/oauth2/v2.0/token` of the login page for client credentials. `issued` collects the tokens. */
export async function answerTokenRequest(
	app: AppRegistration,
	key: SigningKey,
	request: { readonly tenant: string; readonly body: string },
	issued: Set<string>,
): Promise<Answer> {
	const form = new URLSearchParams(request.body);
	if (request.tenant !== app.tenant && request.tenant !== "botframework.com")
		return refusal(
			400,
			"invalid_request",
			90002,
			`Tenant '${request.tenant}' not found. Check to make sure you have the correct tenant ID.`,
		);
	if (form.get("grant_type") !== "client_credentials")
		return refusal(400, "unsupported_grant_type", 70003, "The app requested an unsupported grant type.");
	if (form.get("scope") !== SCOPE)
		return refusal(400, "invalid_scope", 70011, "The provided value for the scope is not valid.");
	if (form.get("client_id") !== app.appId)
		return refusal(
			400,
			"unauthorized_client",
			700016,
			`Application with identifier '${form.get("client_id") ?? ""}' was not found in the directory.`,
		);
	if (form.get("client_secret") !== app.appPassword)
		return refusal(401, "invalid_client", 7000215, "Invalid client secret provided.");
	const token = await new SignJWT({ appid: app.appId, tid: app.tenant })
		.setProtectedHeader({ alg: "RS256", kid: key.kid, typ: "JWT" })
		.setIssuedAt()
		.setIssuer(`https://sts.windows.net/${app.tenant}/`)
		.setAudience("https://api.botframework.com")
		.setExpirationTime("1h")
		.setJti(`${issued.size + 1}`)
		.sign(key.privateKey);
	issued.add(token);
	return {
		status: 200,
		body: { token_type: "Bearer", expires_in: 3599, ext_expires_in: 3599, access_token: token },
	};
}

function refusal(status: number, error: string, code: number, text: string): Answer {
	return {
		status,
		body: {
			error,
			error_description: `AADSTS${code}: ${text} Trace ID: 0 Correlation ID: 0 Timestamp: 2026-11-20 09:00:00Z`,
			error_codes: [code],
			error_uri: `https://login.microsoftonline.com/error?code=${code}`,
		},
	};
}
