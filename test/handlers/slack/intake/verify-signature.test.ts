import { describe, expect, it } from "@jest/globals";
import { verifySignature } from "../../../../handlers/slack/intake/verify-signature.ts";

// The example of Slack's own documentation on verifying requests.
const secret = "8f742231b10e8888abcd99yyyzzz85a5";
const timestamp = "1531420618";
const body = new TextEncoder().encode(
	"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c",
);
const signature = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";
const atMs = 1_531_420_618_000;

describe("a signature of Slack's", () => {
	it("of the documented example is right", () => {
		expect(verifySignature(secret, { timestamp, signature, body }, atMs)).toBe(true);
	});

	it("holds for five minutes in either direction, and not a second longer", () => {
		const at = (seconds: number) =>
			verifySignature(secret, { timestamp, signature, body }, atMs + seconds * 1000);
		expect([-301, -300, 300, 301].map(at)).toEqual([false, true, true, false]);
	});

	it.each([
		["another secret", { secret: "other" }],
		["one byte more in the body", { body: new Uint8Array([...body, 10]) }],
		["another time", { timestamp: "1531420619" }],
		["no signature", { signature: undefined }],
		["no time", { timestamp: undefined }],
		["a signature cut short", { signature: signature.slice(0, -1) }],
		["a longer signature", { signature: `${signature}0` }],
		["another version", { signature: signature.replace("v0", "v1") }],
		["capital letters", { signature: signature.toUpperCase() }],
		["a time that is no number", { timestamp: "1531420618.0" }],
	])("with %s is wrong", (_what, change) => {
		const request = { secret, timestamp, signature, body, ...change };
		expect(verifySignature(request.secret, request, atMs)).toBe(false);
	});
});
