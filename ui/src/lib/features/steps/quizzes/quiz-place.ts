import type { LiveWorkshop } from '$lib/workshop/live-workshop.svelte';
import type { StepPlace } from '$lib/workshop/quizzes';

/** The step of a workshop that a quiz is part of. */
export interface QuizPlace extends StepPlace {
  workshop: LiveWorkshop;
}
