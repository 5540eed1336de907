import type { Fact } from "../api/types.generated.ts";
import { RichLine } from "./rich-text.tsx";

/** Numbers with what was expected. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
	if (facts.length === 0) return null;
	return (
		<dl className="facts">
			{facts.map((fact) => (
				<div key={fact.label}>
					<dt>{fact.label}</dt>
					<dd>
						<RichLine text={fact.value} />
						{fact.note && <small>{keepRanges(fact.note)}</small>}
					</dd>
				</div>
			))}
		</dl>
	);
}

/** No line break inside a range such as 190–260 MB. */
function keepRanges(text: string): string {
	return text.replaceAll("–", "–\u2060");
}
