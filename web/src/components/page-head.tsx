import { type ReactNode, useEffect, useRef } from "react";
import { cameFromAnotherPage } from "../lib/navigation.ts";

type Props = {
	readonly children: string;
	readonly lead?: ReactNode;
	readonly hidden?: boolean;
};

/** The sentence a page opens with. After navigation the focus goes to it; an edit of it moves nothing. */
export function PageHead({ children, lead, hidden = false }: Props) {
	const heading = useRef<HTMLHeadingElement>(null);
	useEffect(() => {
		if (cameFromAnotherPage()) heading.current?.focus({ preventScroll: true });
	}, []);
	return (
		<>
			<h1 ref={heading} tabIndex={-1} className={hidden ? "hidden-visually" : ""}>
				{children}
			</h1>
			{lead && <p className="lead">{lead}</p>}
		</>
	);
}
