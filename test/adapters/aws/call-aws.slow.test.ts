import { callAws } from "../../../src/adapters/aws/common/call-aws.ts";
import { expectRefusal } from "./expect-refusal.ts";

const CALL = { action: "ec2:RebootInstances", side: "writer" } as const;

test("a call whose credentials never come ends when its time is up", async () => {
	await expectRefusal(
		callAws(CALL, 20, () => new Promise(() => undefined)),
		"unavailable",
		/no answer/,
	);
});

test("a call that is still waiting for credentials then is told not to be sent any more", async () => {
	let sent = false;
	const { promise: credentials, resolve: arrive } = Promise.withResolvers<undefined>();
	const { promise: ended, resolve: end } = Promise.withResolvers<undefined>();
	const call = callAws(CALL, 20, async ({ abortSignal }) => {
		await credentials;
		if (!abortSignal.aborted) sent = true;
		end(undefined);
	});
	await expectRefusal(call, "unavailable");
	arrive(undefined);
	await ended;
	expect(sent).toBe(false);
});

test("what goes wrong while a call is built is mapped as well", async () => {
	const broken = callAws(CALL, 1000, () => {
		throw Object.assign(new Error("no"), { name: "CredentialsProviderError" });
	});
	await expectRefusal(broken, "unavailable", /no usable AWS credentials for the writer/);
});
