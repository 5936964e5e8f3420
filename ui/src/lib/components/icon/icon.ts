/** Icon components out of drawings; vite/lean-icons.ts makes every Lucide icon with it. */
import type { Component } from 'svelte';
import type { ClassValue } from 'svelte/elements';

import Icon from './Icon.svelte';

/** The shapes of an icon: tags and their attributes. */
export type Drawing = readonly (readonly [tag: string, attributes: Record<string, string>])[];

interface Props {
  /** In pixels. */
  size?: number;
  class?: ClassValue;
}

/** The component that shows a drawing. */
export function icon(drawing: Drawing): Component<Props> {
  return (anchor, props) =>
    Icon(anchor, {
      drawing,
      get size() {
        return props.size;
      },
      get class() {
        return props.class;
      },
    });
}
