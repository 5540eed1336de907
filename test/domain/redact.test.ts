import * as fc from "fast-check";
import { redact, redactText } from "../../src/domain/redact.ts";

/** Made up, and written in parts so that nobody's scanner takes them for real ones. */
const whole = (...parts: readonly string[]) => parts.join("");
const AWS_ID = whole("AKIA", "IOSFODNN7EXAMPLE");
const AWS_SECRET = whole("wJalrXUtnFEMI/", "K7MDENG/bPxRfiCYEXAMPLEKEY");
const SLACK = whole("xoxb-", "123456789012-1234567890123-AbCdEfGhIjKlMnOpQrStUvWx");
const JWT = whole(
	"eyJhbGciOiJIUzI1NiJ9.",
	"eyJzdWIiOiIxMjM0NTY3ODkwIn0",
	".dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
);
const PEM_BODY = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQ";
const PEM = `-----BEGIN RSA PRIVATE KEY-----\n${PEM_BODY}\n-----END RSA PRIVATE KEY-----`;

describe("case 50: a secret in a text", () => {
	it.each([
		["an AWS key id", `key ${AWS_ID} was used`, AWS_ID],
		["a temporary AWS key id", `ASIA${AWS_ID.slice(4)}`, "IOSFODNN7"],
		["an AWS secret", `aws_secret_access_key = ${AWS_SECRET}`, "wJalr"],
		["a Slack bot token", `token is ${SLACK}.`, SLACK],
		["a Slack app token", whole("xapp-1-A0", "123456-789-abcdef"), "789-abcdef"],
		["a Slack webhook", "https://hooks.slack.com/services/T00/B00/XXXXYYYY", "XXXXYYYY"],
		["a JWT", `Cookie ${JWT} end`, "dozjgNryP4J3"],
		["a PEM block", `before ${PEM} after`, PEM_BODY],
		["a PEM block that is cut off", `-----BEGIN PRIVATE KEY-----\n${PEM_BODY}`, PEM_BODY],
		["a long PEM block", PEM.replace(PEM_BODY, PEM_BODY.repeat(250)), PEM_BODY],
		["a password", "password=hunter2", "hunter2"],
		["a password in quotes", 'password: "hunter 2 and more"', "hunter 2"],
		["a password in JSON", '{"password":"hunter2"}', "hunter2"],
		["a password in escaped JSON", String.raw`{\"password\":\"hunter2\"}`, "hunter2"],
		["a password of a variable", "DB_PASSWORD=hunter2 PGPASSWORD=hunter2", "hunter2"],
		["a password as an option", "mysql --password hunter2 -h db", "hunter2"],
		["a very long password", `password="${"hunter2 ".repeat(200)}"`, "hunter2"],
		["a passphrase", "passphrase='hunter2'", "hunter2"],
		["a password in a URL", "postgres://ops:hunter2@db:5432/ops", "hunter2"],
		["a password with an at sign in a URL", "redis://:hunt@er2@cache:6379", "er2@"],
		["a bearer token", "authorization: bearer abcdefgh12345678", "abcdefgh"],
		["basic credentials", "Authorization: Basic b3BzOmh1bnRlcjI=", "b3BzOmh1"],
		["an API key in a query", "GET /x?api_key=abcdef123&b=1", "abcdef123"],
		["a key of OpenAI", whole("sk-proj-", "abcdefghijklmnopqrstuvwx"), "abcdefghijkl"],
		["a key of Anthropic", whole("sk-ant-api03-", "abcdefghijklmnopqrstuvwx"), "abcdefghijkl"],
		["a key of Google", whole("AIza", "SyA1234567890abcdefghijklmnopqrstuvw"), "1234567890"],
		["a key of GitHub", whole("ghp_", "abcdefghijklmnopqrstuvwxyz0123456789"), "abcdefghijkl"],
		["our own key", whole("sco_", "abcdefghijklmnopqrstuvwx"), "abcdefghijkl"],
	])("%s is taken out", (_what, text, secret) => {
		const safe = String(redact(text));
		expect(safe).not.toContain(secret);
		expect(safe).toContain("[redacted]");
	});

	it("leaves the words around it, so that the line still says something", () => {
		expect(redact(`key ${AWS_ID} was used`)).toBe("key [redacted] was used");
		expect(redact("connect to postgres://ops:hunter2@db:5432/ops failed")).toBe(
			"connect to postgres://ops:[redacted]@db:5432/ops failed",
		);
		expect(redact("password=hunter2, retrying")).toBe("password=[redacted], retrying");
		expect(redact(`before ${PEM} after`)).toBe("before [redacted] after");
	});

	it.each([
		"checkout: memory is over three times its usual level and rising",
		"A-3 already asks for this and is proposed.",
		'max(process_resident_memory_bytes{job="checkout"})',
		"https://prometheus.example:9090/api/v1/query?query=up",
		"Restarted checkout in 1.2 s: process 100 → 101",
		"plan 0123 4567, hash 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
		"It passed the check; the secretary was informed",
		"",
	])("leaves %p alone", (text) => {
		expect(redact(text)).toBe(text);
	});
});

describe("plain data", () => {
	it("loses the values under keys that name secrets, whatever they are, and keeps the rest", () => {
		expect(
			redact({
				password: "x",
				apiKey: "x",
				ACCESS_TOKEN: "x",
				secrets: ["a", "b"],
				credentials: { user: "u", pass: "p" },
				authorization: 12345,
				hasPassword: true,
				token: null,
				secretHash: undefined,
				tokens: 512,
				watch: "checkout-memory",
				nested: [{ cookie: "c", n: 1 }],
			}),
		).toEqual({
			password: "[redacted]",
			apiKey: "[redacted]",
			ACCESS_TOKEN: "[redacted]",
			secrets: "[redacted]",
			credentials: "[redacted]",
			authorization: "[redacted]",
			hasPassword: true,
			token: null,
			secretHash: undefined,
			tokens: 512,
			watch: "checkout-memory",
			nested: [{ cookie: "[redacted]", n: 1 }],
		});
	});

	it("never shows a secret, wherever it lies", () => {
		const secret = fc.constantFrom(AWS_ID, SLACK, JWT, "password=hunter2hunter2");
		const nest = (value: unknown, path: readonly string[]): unknown =>
			path.reduce((inner, step) => (step === "[" ? [inner] : { [step]: inner }), value);
		fc.assert(
			fc.property(
				secret,
				fc.array(fc.constantFrom("[", "a", "message", "error")),
				fc.string(),
				(text, path, around) => {
					const safe = JSON.stringify(redact(nest(`${around} ${text} ${around}`, path)));
					expect(safe).not.toContain(text);
				},
			),
		);
	});

	it("case 50: shows no part of a secret that the cut goes through, by which nothing would recognise it", () => {
		const address = "postgres://app:hunter2@db/x";
		for (let longest = 12; longest < 12 + address.length; longest += 1)
			expect(redactText(`connects to ${address}`, longest)).not.toContain("hunter");
	});

	it("is copied in bounds: long texts, many members, deep trees and bytes are cut and named", () => {
		expect(String(redact("x".repeat(100_000))).length).toBeLessThan(33_000);
		expect(redact("x".repeat(32_769))).toMatch(/x \[1 characters left out\]$/);
		expect((redact(Array(1000).fill(1)) as unknown[]).length).toBe(200);
		expect(
			Object.keys(
				redact(
					Object.fromEntries(
						Array(1000)
							.fill(0)
							.map((_, i) => [`k${i}`, i]),
					),
				) as object,
			).length,
		).toBe(200);
		expect(redact(new Uint8Array(5_000_000))).toBe("[5000000 bytes]");
		const circle: Record<string, unknown> = {};
		circle.self = circle;
		expect(JSON.stringify(redact(circle))).toContain("[too deep]");
	});

	it("does not hide a secret at the place where a long text is cut", () => {
		const text = `${"x".repeat(32_700)} ${PEM}`;
		expect(redact(text)).not.toContain(PEM_BODY.slice(0, 10));
	});

	it("takes no long time for texts made to take long", () => {
		const evil = ["-----BEGIN A-----", "eyJ", "token".repeat(10), "a:/", "pass_", "xoxb-", "=".repeat(50)];
		for (const part of evil) expect(String(redact(part.repeat(20_000)))).not.toBe("");
	});

	it.each([[null], [undefined], [5], [true]])("leaves %p as it is", (value) => {
		expect(redact(value)).toBe(value);
	});
});
