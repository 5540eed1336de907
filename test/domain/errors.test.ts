import { AppError, toAppError } from "../../src/domain/errors.ts";

describe("an error that is not ours", () => {
	it("becomes a public sentence; its own text stays for the log", () => {
		const error = toAppError(new Error("connect ECONNREFUSED postgres://u:secret@db"));
		expect(error.code).toBe("internal");
		expect(error.message).toBe("Something went wrong on our side; the log has the detail.");
		expect(error.detail).toContain("ECONNREFUSED");
	});

	it.each([["text"], [undefined], [null], [{ a: 1 }]])("is one also where %p was thrown", (thrown) => {
		expect(toAppError(thrown)).toMatchObject({ code: "internal" });
	});

	it("passes an AppError on as it is", () => {
		const error = new AppError("gone", "Its time is over.", { extra: { state: "expired" } });
		expect(toAppError(error)).toBe(error);
		expect(error.extra).toEqual({ state: "expired" });
	});
});
