/** The server's addresses that only facilitators' pages ask for: attendees need not download them. */
import { client } from './client';
import { done, result } from './result';

/** The disk of this machine. */
export const disk = () => result(client.GET('/api/v1/disk'));

/** Who facilitates on this machine. */
export const facilitators = () => result(client.GET('/api/v1/facilitators'));

/** Takes somebody's facilitator rights away, at once. */
export const removeFacilitator = (facilitator: string) =>
  done(client.DELETE('/api/v1/facilitators/{facilitator}', { params: { path: { facilitator } } }));

/** The newest invitations; never their links. */
export const invitations = () => result(client.GET('/api/v1/invitations'));

/** A one-time link for another facilitator; told this once. */
export const invite = (name: string) =>
  result(client.POST('/api/v1/invitations', { body: { name } }));

/** Takes an unused invitation back. */
export const revokeInvitation = (invitation: string) =>
  done(client.DELETE('/api/v1/invitations/{invitation}', { params: { path: { invitation } } }));

/** What can be learned from a workshop, so far or in the end. */
export const workshopReport = (workshop: string) =>
  result(client.GET('/api/v1/workshops/{workshop}/report', { params: { path: { workshop } } }));

/** What happened in a workshop after a position of its log; a page of it. */
export const workshopEvents = (workshop: string, after: number) =>
  result(
    client.GET('/api/v1/workshops/{workshop}/events', {
      params: { path: { workshop }, query: { after } },
    }),
  );

/** The quizzes of a workshop's agenda, with what is right. */
export const agendaQuizzes = (workshop: string) =>
  result(client.GET('/api/v1/workshops/{workshop}/quizzes', { params: { path: { workshop } } }));

/** What is damaged on this machine; everything else goes on. */
export const damage = () => result(client.GET('/api/v1/damage'));

/** Dismisses what was noticed when the app started. */
export const dismissDamage = () => done(client.DELETE('/api/v1/damage'));

/** Opens a damaged workshop with its events as they are now. */
export const acceptDamage = (workshop: string) =>
  done(
    client.POST('/api/v1/workshops/{workshop}/accept-damage', { params: { path: { workshop } } }),
  );

/** Ends a workshop for everybody. */
export const endWorkshop = (workshop: string) =>
  result(client.POST('/api/v1/workshops/{workshop}/end', { params: { path: { workshop } } }));

/** Ends a workshop in some minutes; until then everything still counts. */
export const planEnd = (workshop: string, minutes: number) =>
  result(
    client.PUT('/api/v1/workshops/{workshop}/planned-end', {
      params: { path: { workshop } },
      body: { minutes },
    }),
  );
