import { foundText } from "../../src/domain/found-text.ts";

const told = (explanation: string, lastSeenAtMs = 20, closedAtMs?: number) =>
	foundText({
		explanation,
		openedAtMs: 10,
		lastSeenAtMs,
		...(closedAtMs === undefined ? {} : { closedAtMs }),
	});

test("the value of a finding's first moment is told in the past once there is a newer one", () => {
	const first =
		"Memory is 100 MB, expected 73–77 MB. It rises 62.4 MB a minute. What stands out: highest in 6 days.";
	expect(told(first, 10)).toBe(first);
	const later =
		"Memory was 100 MB when it was found, expected 73–77 MB. It rose 62.4 MB a minute. What stands out: highest in 6 days.";
	expect(told(first)).toBe(later);
	expect(told(first, 10, 30)).toBe(later);
	expect(told("Big is 9.84. It falls 8.6 a minute.")).toBe(
		"Big was 9.84 when it was found. It fell 8.6 a minute.",
	);
	expect(told("Error rate is 15 %.")).toBe("Error rate was 15 % when it was found.");
	expect(told("Some metrics changed: memory is drifting.")).toBe("Some metrics changed: memory is drifting.");
});
