import type { Fact } from "../api/types.generated.ts";
import { RichLine, Words } from "./rich-text.tsx";

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
						{fact.note && (
							<small>
								<Words text={fact.note} />
							</small>
						)}
					</dd>
				</div>
			))}
		</dl>
	);
}
