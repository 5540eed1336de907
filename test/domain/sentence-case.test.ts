import { sentenceCase } from "../../src/domain/sentence-case.ts";

test.each([
	["memory of checkout", "Memory of checkout"],
	["95th percentile latency", "95th percentile latency"],
	["CPU", "CPU"],
	["état", "État"],
	["", ""],
])("%p begins a sentence as %p", (text, sentence) => {
	expect(sentenceCase(text)).toBe(sentence);
});
