export type Verdict = "approve" | "deny";

/** A card on screen that waits for a decision, as the keyboard sees it. */
export type DecisionTarget = { readonly element: HTMLElement; press(verdict: Verdict): void };

const targets = new Set<DecisionTarget>();

/** Makes a card reachable by the keys A and D; the returned function takes it back. */
export function addDecisionTarget(target: DecisionTarget): () => void {
	targets.add(target);
	return () => targets.delete(target);
}

/** The card with the focus; without focus on one, the only card there is. Several cards: none, rather than a wrong one. */
export function pressDecision(verdict: Verdict, focused: Element | null): void {
	const all = [...targets];
	const target =
		all.find(({ element }) => cardOf(element).contains(focused)) ?? (all.length === 1 ? all[0] : undefined);
	target?.press(verdict);
}

function cardOf(element: HTMLElement): Element {
	return element.closest("[data-row], article, .card") ?? element;
}
