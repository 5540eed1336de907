import { notificationKey, readNotification } from "../../../handlers/webhooks/alertmanager-payload.ts";
import { exampleNotice } from "../../fakes/example-alert.ts";
import { until } from "../../support/until.ts";
import { type AlertIntake, startAlertIntake, TOKEN } from "./alert-intake.ts";

const alert = (parts: Record<string, unknown> = {}) => ({
	status: "firing",
	labels: { alertname: "HighErrorRate", service: "checkout", severity: "critical" },
	annotations: { summary: "Errors are over 5 %" },
	startsAt: "2026-11-20T09:48:38.123456789Z",
	endsAt: "0001-01-01T00:00:00Z",
	generatorURL: "http://prometheus:9090/graph?g0.expr=up",
	fingerprint: "a1b2c3d4e5f60718",
	...parts,
});
const notification = (...alerts: readonly unknown[]) => ({
	version: "4",
	groupKey: '{}:{alertname="HighErrorRate"}',
	truncatedAlerts: 0,
	status: "firing",
	receiver: "smartcloudops",
	groupLabels: {},
	commonLabels: {},
	commonAnnotations: {},
	externalURL: "http://alertmanager:9093",
	alerts,
});
let intake: AlertIntake;
const post = async (
	body: unknown,
	headers: Record<string, string> = { authorization: `Bearer ${TOKEN}` },
) => {
	const response = await fetch(intake.url, {
		method: "POST",
		headers: { "content-type": "application/json", ...headers },
		body: typeof body === "string" ? body : JSON.stringify(body),
	});
	return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};
const worked = () => until(async () => (await intake.entries()).waiting === 0);

beforeAll(async () => {
	intake = await startAlertIntake(TOKEN);
});
afterAll(() => intake.stop());

describe("the Alertmanager webhook", () => {
	it.each<[string, Record<string, string>]>([
		["none", {}],
		["a wrong token", { authorization: "Bearer a-token-of-the-webhook-0123456788" }],
		["a longer one", { authorization: `Bearer ${TOKEN}x` }],
		["an empty one", { authorization: "Bearer " }],
		["another scheme", { authorization: `Basic ${Buffer.from(`a:${TOKEN}`).toString("base64")}` }],
		["no scheme before it", { authorization: TOKEN }],
	])("case 58: with %s as credentials answers 401 and keeps nothing", async (_name, headers) => {
		const { status, body } = await post(notification(alert()), headers);
		expect(status).toBe(401);
		expect(JSON.stringify(body)).not.toContain(TOKEN);
		expect((await intake.entries()).all).toBe(0);
	});

	it("takes a notification in, works on it, and knows it when it comes again", async () => {
		const sent = notification(
			alert(),
			alert({ fingerprint: "b1", labels: { alertname: "Slow", job: "checkout" } }),
		);
		expect(await post(sent)).toEqual({ status: 200, body: { alerts: 2, known: false } });
		// The same group as another sender tells it: in another order.
		const twin = { ...sent, alerts: sent.alerts.toReversed(), externalURL: "http://alertmanager-2:9093" };
		expect(await post(twin)).toEqual({ status: 200, body: { alerts: 2, known: true } });
		await worked();
		expect((await intake.entries()).all).toBe(1);
		expect(await intake.incidents()).toMatchObject([
			{ target: "checkout", severity: "critical", status: "open", environment: "local" },
		]);
		expect(await intake.alerts()).toMatchObject([
			{ name: "Slow", target: "checkout" },
			{
				name: "HighErrorRate",
				startsAtMs: Date.parse("2026-11-20T09:48:38.123Z"),
				generatorUrl: "http://prometheus:9090/graph?g0.expr=up",
			},
		]);
	});

	it("closes what it opened when all is resolved", async () => {
		const over = { status: "resolved", endsAt: "2026-11-20T09:58:38Z" };
		const both = [
			alert(over),
			alert({ ...over, fingerprint: "b1", labels: { alertname: "Slow", job: "checkout" } }),
		];
		expect((await post(notification(...both))).body).toEqual({ alerts: 2, known: false });
		await until(async () => (await intake.incidents())[0]?.status === "resolved");
		expect((await intake.alerts())[1]?.resolvedAtMs).toBe(Date.parse("2026-11-20T09:58:38Z"));
	});

	it.each<[string, unknown, number]>([
		["another version", { ...notification(alert()), version: "3" }, 422],
		["no version", { alerts: [] }, 422],
		["a list", [], 422],
		["what is no JSON", "{", 400],
		["no body", "", 400],
		["no alerts", { version: "4", groupKey: "x" }, 400],
		["no fingerprint", notification(alert({ fingerprint: undefined })), 400],
		["a hostile fingerprint", notification(alert({ fingerprint: "../../etc" })), 400],
		["no start", notification(alert({ startsAt: "soon" })), 400],
		["another status", notification(alert({ status: "pending" })), 400],
		["labels that are no texts", notification(alert({ labels: { a: { b: "c" } } })), 400],
		[
			"a hundred labels",
			notification(alert({ labels: Object.fromEntries([...Array(100).keys()].map((n) => [`l${n}`, "x"])) })),
			400,
		],
		[
			"1,001 alerts",
			notification(...Array.from({ length: 1001 }, (_, n) => alert({ fingerprint: `f${n}` }))),
			400,
		],
		["over 1 MB", notification(alert({ annotations: { summary: "x".repeat(1_100_000) } })), 413],
	])("refuses %s with one sentence", async (_name, body, status) => {
		const before = (await intake.entries()).all;
		const refusal = await post(body);
		expect(refusal.status).toBe(status);
		expect(String(refusal.body.detail)).toMatch(/^[A-Z].*\.$/);
		expect((await intake.entries()).all).toBe(before);
	});

	it("cuts long texts rather than lose the alert", async () => {
		const long = alert({
			fingerprint: "long",
			labels: { alertname: "Long", service: "orders" },
			annotations: { summary: "x".repeat(50_000), ["__proto__"]: "y", constructor: "z" },
			generatorURL: "javascript:alert(1)",
		});
		expect((await post(notification(long))).status).toBe(200);
		await until(async () => (await intake.alerts()).some(({ fingerprint }) => fingerprint === "long"));
		const kept = (await intake.alerts()).find(({ fingerprint }) => fingerprint === "long");
		expect(kept?.annotations.summary).toHaveLength(1000);
		expect(kept?.generatorUrl).toBeUndefined();
	});

	it("that is not configured answers 404 and says how to turn it on", async () => {
		const off = await startAlertIntake(undefined);
		const response = await fetch(off.url, { method: "POST", headers: { authorization: "Bearer undefined" } });
		expect(response.status).toBe(404);
		expect(await response.text()).toContain("ALERTMANAGER_WEBHOOK_TOKEN");
		await off.stop();
	});
});

describe("the key of a notification", () => {
	const at = 1_700_000_000_000;
	const [a, b] = [exampleNotice({ fingerprint: "a" }), exampleNotice({ fingerprint: "b" })];
	const key = notificationKey("g", [a, b], at);

	it("is the same for senders that repeat each other", () => {
		const told = { ...a, annotations: { summary: "Errors are over 7 %" } };
		expect(notificationKey("g", [b, told], at + 1000)).toBe(key);
	});

	it("is another after a change of state, of start, of group, and an hour later", () => {
		const others = [
			notificationKey("g", [a, { ...b, status: "resolved" }], at),
			notificationKey("g", [a, { ...b, startsAtMs: b.startsAtMs + 1 }], at),
			notificationKey("g", [a], at),
			notificationKey("h", [a, b], at),
			notificationKey("g", [a, b], at + 3_600_000),
		];
		expect(new Set([key, ...others]).size).toBe(6);
	});
});

it("a firing alert has no end, whatever its sender fills in", () => {
	const sent = notification(alert({ endsAt: "2026-11-20T10:00:00Z" }));
	const { notices } = readNotification(new TextEncoder().encode(JSON.stringify(sent)));
	expect(notices[0]?.endsAtMs).toBeUndefined();
});
