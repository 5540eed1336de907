/** The three largest of the numbers that were offered, which are above 0. */
export class LoudestThree {
	private first = 0;
	private second = 0;
	private third = 0;

	clear(): void {
		this.first = 0;
		this.second = 0;
		this.third = 0;
	}

	offer(value: number): void {
		if (!(value > this.third)) return;
		if (value > this.first) {
			this.third = this.second;
			this.second = this.first;
			this.first = value;
		} else if (value > this.second) {
			this.third = this.second;
			this.second = value;
		} else this.third = value;
	}

	get sum(): number {
		return this.first + this.second + this.third;
	}
}
