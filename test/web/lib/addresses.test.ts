import { codeFrom } from "../../../web/src/lib/code-from.ts";
import { jumpTarget } from "../../../web/src/lib/jump-target.ts";
import { safePath } from "../../../web/src/lib/safe-path.ts";

test.each(["/", "/incidents/INC-3", "/audit?show=changes", "/incidents/INC-3?minutes=60#q1"])(
	"%s of this console may be gone to",
	(path) => {
		expect(safePath(path)).toBe(path);
	},
);

test.each([
	null,
	"",
	"incidents",
	"//evil.example/",
	"/\\evil.example",
	"/\t/evil.example",
	"https://evil.example/",
])("%p leads to the first page and never to another host", (path) => {
	expect(safePath(path)).toBe("/");
});

test("a code is taken from a pasted link or as it is", () => {
	expect(codeFrom(" abc-123 ")).toBe("abc-123");
	expect(codeFrom("http://127.0.0.1:3000/sign-in?code=abc-123")).toBe("abc-123");
	expect(codeFrom("http://127.0.0.1:3000/sign-in")).toBe("");
});

test.each([
	["INC-3", "/incidents/INC-3"],
	[" inc-142 ", "/incidents/INC-142"],
	["a-7", "/approvals/A-7"],
	["audit", "/audit"],
	["what is INC-3?", undefined],
	["../../api", undefined],
])("%p jumps to %p", (text, expected) => {
	expect(jumpTarget(text)).toBe(expected);
});
