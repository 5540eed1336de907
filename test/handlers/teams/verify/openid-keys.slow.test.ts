import { Activity } from "../../../../handlers/teams/intake/read-activity.ts";
import { checkSender } from "../../../../handlers/teams/verify/check-sender.ts";
import { openIdKeys } from "../../../../handlers/teams/verify/openid-keys.ts";
import { verifyToken } from "../../../../handlers/teams/verify/verify-token.ts";
import { messageActivity } from "../../../fakes/bot-connector/activities.ts";
import { signDelivery } from "../../../fakes/bot-connector/sign-delivery.ts";
import { type BotConnector, startBotConnector } from "../../../fakes/bot-connector/start-bot-connector.ts";
import { recordingLogger } from "../../../fakes/recording-logger.ts";

let connector: BotConnector;
let nowMs: number;
const clock = { now: () => nowMs };

beforeEach(async () => {
	connector = await startBotConnector();
	nowMs = Date.now();
});
afterEach(() => connector.close());

/** A verifier with a cache of its own, as one process has. */
function verifier({ timeoutMs = 5000 } = {}) {
	const keys = openIdKeys({ url: connector.openIdUrl, clock, logger: recordingLogger(), timeoutMs });
	return async () =>
		verifyToken(
			{ appId: connector.appId, keys, clock },
			await signDelivery("good", connector.keys.current(), connector, nowMs),
		);
}

it("keys are fetched once for many deliveries at a time, and kept", async () => {
	const verify = verifier();
	await Promise.all(Array.from({ length: 20 }, verify));
	await verify();
	expect(connector.keys.fetches).toEqual({ metadata: 1, keys: 1 });
});

it("a key that came later is found, but unknown ids are looked for once a minute at most", async () => {
	const verify = verifier();
	await verify();
	connector.keys.rotate();
	await expect(verify()).rejects.toMatchObject({ refusal: "token_key_unknown" });
	nowMs += 59_000;
	await expect(verify()).rejects.toMatchObject({ refusal: "token_key_unknown" });
	expect(connector.keys.fetches.keys).toBe(1);
	nowMs += 2000;
	await expect(verify()).resolves.toMatchObject({ serviceUrl: connector.serviceUrl });
	expect(connector.keys.fetches.keys).toBe(2);
});

it("a key that was taken back is refused after a day", async () => {
	const verify = verifier();
	const old = connector.keys.current();
	await verify();
	connector.keys.rotate({ dropOld: true });
	nowMs += 25 * 3600_000;
	await verify();
	const keys = openIdKeys({ url: connector.openIdUrl, clock, logger: recordingLogger() });
	expect(await keys.find(old.kid)).toBeUndefined();
});

it("keys that are known stay in use while the page can't be fetched", async () => {
	const verify = verifier();
	await verify();
	connector.keys.fault("error");
	nowMs += 30 * 3600_000;
	await expect(verify()).resolves.toMatchObject({ serviceUrl: connector.serviceUrl });
});

it("another key under a known id makes good tokens fail", async () => {
	connector.keys.serveWrongKey();
	await expect(verifier()()).rejects.toMatchObject({ refusal: "token_signature" });
});

it.each(["error", "redirect", "not-json"] as const)(
	"without any keys a delivery is to come again, and the page is not asked at once again: %s",
	async (fault) => {
		const verify = verifier();
		connector.keys.fault(fault);
		await expect(verify()).rejects.toMatchObject({ code: "unavailable", retryAfterSeconds: 2 });
		await expect(verify()).rejects.toMatchObject({ code: "unavailable" });
		expect(connector.keys.fetches.metadata).toBe(1);
		connector.keys.fault(undefined);
		nowMs += 2000;
		await expect(verify()).resolves.toMatchObject({ serviceUrl: connector.serviceUrl });
	},
);

it("a page that hangs is given up", async () => {
	connector.keys.fault("hang");
	await expect(verifier({ timeoutMs: 50 })()).rejects.toMatchObject({ code: "unavailable" });
});

it("keys on another host than the metadata are not fetched", async () => {
	const other = await startBotConnector();
	connector.keys.pointKeysAt(`${other.url}/v1/.well-known/keys`);
	await expect(verifier()()).rejects.toMatchObject({ code: "unavailable" });
	expect(other.keys.fetches.keys).toBe(0);
	await other.close();
});

it("a key that is not endorsed for Teams signs nothing for Teams", async () => {
	connector.keys.endorse(["webchat"]);
	const token = await verifier()();
	const from = { id: "29:olga", name: "Olga" };
	const place = { id: "a:1", kind: "personal", members: [from] } as const;
	const activity = Activity.parse(messageActivity(connector.source, { place, from, text: "hello" }));
	const allowed = { tenants: [connector.tenant], serviceHosts: [connector.host] };
	expect(() => checkSender(token, activity, allowed)).toThrow(
		expect.objectContaining({ refusal: "channel_not_endorsed" }),
	);
	expect(() => checkSender({ ...token, endorsements: ["msteams"] }, activity, allowed)).not.toThrow();
	expect(() =>
		checkSender({ ...token, endorsements: ["msteams"] }, activity, { ...allowed, tenants: [] }),
	).toThrow(expect.objectContaining({ refusal: "tenant_not_allowed" }));
});
