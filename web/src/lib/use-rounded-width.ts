import { type RefObject, useLayoutEffect, useRef, useState } from "react";

const STEP_PX = 40;
const NARROWEST_PX = 240;
const WIDEST_PX = 1600;

/** The width of an element in steps of 40 px, so that a picture is not drawn anew for every pixel; 0 before it is known. */
export function useRoundedWidth<E extends HTMLElement>(): readonly [RefObject<E | null>, number] {
	const ref = useRef<E>(null);
	const [width, setWidth] = useState(0);
	useLayoutEffect(() => {
		const element = ref.current;
		if (!element) return;
		const measure = () => setWidth(rounded(element.clientWidth));
		const observer = new ResizeObserver(measure);
		observer.observe(element);
		measure();
		return () => observer.disconnect();
	}, []);
	return [ref, width];
}

function rounded(widthPx: number): number {
	const steps = Math.round(widthPx / STEP_PX) * STEP_PX;
	return Math.min(WIDEST_PX, Math.max(NARROWEST_PX, steps));
}
