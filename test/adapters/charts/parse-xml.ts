/** An XML element; `text` is all text directly in it. */
export type XmlElement = {
	readonly name: string;
	readonly attributes: Readonly<Record<string, string>>;
	readonly children: readonly XmlElement[];
	readonly text: string;
};

type Open = { name: string; attributes: Record<string, string>; children: XmlElement[]; text: string };

const NAME = "[A-Za-z_][\\w.-]*";
const TOKEN = new RegExp(`<(/?)(${NAME})((?:\\s+${NAME}="[^"<]*")*)\\s*(/?)>|([^<>]+)`, "y");
const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** Parses the XML subset of our pictures (elements, attributes, text); throws on anything that is not well-formed. */
export function parseXml(xml: string): XmlElement {
	const illegal = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.exec(xml);
	if (illegal !== null) throw new Error(`illegal character at ${illegal.index}`);
	const document: Open = { name: "#document", attributes: {}, children: [], text: "" };
	const stack = [document];
	TOKEN.lastIndex = 0;
	while (TOKEN.lastIndex < xml.length) {
		const at = TOKEN.lastIndex;
		const match = TOKEN.exec(xml);
		const parent = stack.at(-1);
		if (match === null || parent === undefined)
			throw new Error(`not well-formed at ${at}: ${xml.slice(at, at + 60)}`);
		const [, closing, name = "", attributes = "", empty, text] = match;
		if (text !== undefined) parent.text += decode(text);
		else if (closing) {
			if (stack.pop()?.name !== name || attributes !== "")
				throw new Error(`</${name}> at ${at} closes nothing`);
		} else {
			const opened: Open = { name, attributes: parseAttributes(attributes), children: [], text: "" };
			parent.children.push(opened);
			if (!empty) stack.push(opened);
		}
	}
	const [root, ...more] = document.children;
	if (stack.length !== 1 || root === undefined || more.length > 0 || document.text.trim() !== "")
		throw new Error("not one closed root element");
	return root;
}

/** The element and everything in it, in document order. */
export function allElements(element: XmlElement): readonly XmlElement[] {
	return [element, ...element.children.flatMap(allElements)];
}

function parseAttributes(text: string): Record<string, string> {
	const attributes: Record<string, string> = {};
	for (const [, name = "", value = ""] of text.matchAll(/([\w.-]+)="([^"]*)"/g)) {
		if (name in attributes) throw new Error(`attribute ${name} twice`);
		attributes[name] = decode(value);
	}
	return attributes;
}

function decode(text: string): string {
	return text.replace(/&(\w*;?)/g, (whole, name: string) => {
		const character = ENTITIES[name.replace(/;$/, "")];
		if (!name.endsWith(";") || character === undefined) throw new Error(`unknown entity ${whole}`);
		return character;
	});
}
