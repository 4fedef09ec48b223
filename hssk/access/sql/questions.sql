-- What is asked of somebody about their looking, and which person of the register somebody is: for
-- those who read the log, and one's own questions for oneself. Only ever appended.

SELECT access_wall('access_tie', '(SELECT access_may(''looks''))',
    'by_id = (SELECT access_user_asking()) AND (SELECT access_may(''looks''))');
SELECT access_wall('access_question',
    'about_id = (SELECT access_user_asking()) OR (SELECT access_may(''looks''))',
    'by_id = (SELECT access_user_asking()) AND CASE step WHEN ''answer'' THEN about_id = by_id
     ELSE about_id <> by_id AND (SELECT access_may(''looks'')) END');
CREATE TRIGGER access_tie_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON access_tie
    FOR EACH STATEMENT EXECUTE FUNCTION access_append_only();
CREATE TRIGGER access_question_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON access_question
    FOR EACH STATEMENT EXECUTE FUNCTION access_append_only();
